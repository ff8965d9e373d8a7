# What the suites share: the module's place, the emulator as a process of its own, and other shells.
Set-StrictMode -Version Latest

$script:Root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
$script:Crm = 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)'

function Get-ManifestPath { Join-Path -Path $script:Root -ChildPath 'LinkedInExports.psd1' }

function Get-CrmInstance { $script:Crm }

# The newest build output of a project, whichever configuration it was built in.
function Get-BuildOutput([string] $Project, [string] $File) {
    Get-ChildItem -Path "$script:Root/$Project/bin" -Filter $File -Recurse -File |
        Sort-Object -Property LastWriteTime -Descending | Select-Object -First 1 -ExpandProperty FullName
}

# Starts an emulator on a free port; the object has what the other functions and a connection need.
function Start-Emulator {
    param([hashtable] $Option = @{})

    $dll = Get-BuildOutput -Project 'src/LinkedInExports.Emulator' -File 'LinkedInExports.Emulator.dll'
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $all = @{ port = 0; token = "canary-$([guid]::NewGuid())"; rows = 100; 'processing-time' = 0 } + @{}
    foreach ($name in $Option.Keys) { $all[$name] = $Option[$name] }
    $start.ArgumentList.Add($dll)
    foreach ($name in $all.Keys) {
        $start.ArgumentList.Add("--$name")
        if ($all[$name] -isnot [bool]) { $start.ArgumentList.Add([string] $all[$name]) }
    }
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    do {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw 'The emulator ended before it listened.' }
    } until ($line -match 'Now listening on: (http://\S+)')
    $null = $process.StandardOutput.BaseStream.CopyToAsync([System.IO.Stream]::Null)

    [pscustomobject]@{
        Process = $process
        Url     = $Matches[1]
        BaseUri = "$($Matches[1])/v2/"
        Token   = $all.token
    }
}

function Stop-Emulator($Emulator) {
    $Emulator.Process.Kill()
    $Emulator.Process.WaitForExit()
}

function Connect-Emulator($Emulator) {
    Connect-LinkedIn -AccessToken (ConvertTo-SecureString -String $Emulator.Token -AsPlainText -Force) -BaseUri $Emulator.BaseUri
}

function Add-EmulatorFault($Emulator, [hashtable] $Fault) {
    $null = Invoke-RestMethod -Method Post -Uri "$($Emulator.Url)/emulator/faults" -Body ($Fault | ConvertTo-Json)
}

function Clear-Emulator($Emulator) {
    $null = Invoke-RestMethod -Method Delete -Uri "$($Emulator.Url)/emulator/faults"
    $null = Invoke-RestMethod -Method Delete -Uri "$($Emulator.Url)/emulator/requests"
}

function Get-EmulatorRequest($Emulator) {
    # Assigned first: an empty array that goes straight down the pipeline would be no object at all.
    $requests = Invoke-RestMethod -Uri "$($Emulator.Url)/emulator/requests"
    @($requests)
}

# Starts a script in a new process of this shell.
function Start-NewShell {
    param([string] $Script, $Emulator, [hashtable] $Environment = @{}, [switch] $Interactive)

    $start = [System.Diagnostics.ProcessStartInfo]::new([System.Environment]::ProcessPath)
    $arguments = @('-NoProfile') + @(if (-not $Interactive) { '-NonInteractive' }) + @('-OutputFormat', 'Text', '-Command', $Script)
    foreach ($argument in $arguments) { $start.ArgumentList.Add($argument) }
    if ($Emulator) {
        $start.Environment['LINKEDIN_ACCESS_TOKEN'] = $Emulator.Token
        $start.Environment['LINKEDIN_BASE_URI'] = $Emulator.BaseUri
    }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.Environment['NO_COLOR'] = '1'
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    [System.Diagnostics.Process]::Start($start)
}

# Runs a script in a new process of this shell and returns its lines; a failure throws with what it printed.
function Invoke-NewShell {
    param([string] $Script, $Emulator, [hashtable] $Environment = @{}, [switch] $Interactive)

    $process = Start-NewShell @PSBoundParameters
    $output = $process.StandardOutput.ReadToEndAsync()
    $errors = $process.StandardError.ReadToEndAsync()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "Exit code $($process.ExitCode): $($output.Result) $($errors.Result)" }
    $output.Result.TrimEnd() -split '\r?\n'
}

Export-ModuleMember -Function *
