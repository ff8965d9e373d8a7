# Functions that the test files share. For Windows PowerShell 5.1 and PowerShell 7.
Set-StrictMode -Version Latest

$script:Root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
$script:Crm = 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)'

foreach ($file in 'Emulators', 'Proxies', 'Resumes', 'Shells') { . "$PSScriptRoot/support/$file.ps1" }

# Gets the manifest of the module under test: that of the repository, or the -Module of Invoke-Suite.ps1.
function Get-ManifestPath {
    if ($env:LINKEDINEXPORTS_MODULE) { $env:LINKEDINEXPORTS_MODULE } else {
        Join-Path -Path $script:Root -ChildPath 'LinkedInExports.psd1'
    }
}

function Get-CrmInstance { $script:Crm }

# Gets the newest build output of a project, in any configuration.
function Get-BuildOutput([string] $Project, [string] $File) {
    Get-ChildItem -Path "$script:Root/$Project/bin" -Filter $File -Recurse -File |
        Sort-Object -Property LastWriteTime -Descending | Select-Object -First 1 -ExpandProperty FullName
}

# Waits until a condition is true, such as that a file exists.
function Wait-Until([scriptblock] $Condition, [int] $Seconds = 240) {
    $deadline = [datetime]::UtcNow.AddSeconds($Seconds)
    while (-not (& $Condition)) {
        if ([datetime]::UtcNow -gt $deadline) { throw "Timed out: $Condition" }
        Start-Sleep -Milliseconds 50
    }
}

Export-ModuleMember -Function *
