# Runs the examples of documentation pages against the emulator and writes what they print to a JSON file. Each page has its own
# emulator, runspace and folder, so that the numbers of its jobs do not depend on other pages.
param(
    # A JSON file: [{ "Name": "README.md", "Examples": ["Get-SalesContract", ...] }, ...]
    [Parameter(Mandatory)] [string] $PagesPath,

    [Parameter(Mandatory)] [string] $ResultPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path -LiteralPath "$PSScriptRoot/../../..").Path
Import-Module -Name (Join-Path -Path $root -ChildPath 'tests/pester/Support.psm1')

# Examples start pwsh, which is not on the PATH if it was restored as a .NET tool.
$env:PATH = $PSHOME + [System.IO.Path]::PathSeparator + $env:PATH

# What a reader has before the first example: the module, a vault, and files to work with.
$prepare = {
    param($Manifest, $Url)
    Import-Module -Name $Manifest
    $PSDefaultParameterValues['Connect-LinkedIn:BaseUri'] = "$Url/v2/"
    $PSDefaultParameterValues['Connect-LinkedIn:TokenUri'] = "$Url/oauth/v2/accessToken"
    function Get-Secret($Name) {
        $secret = ConvertTo-SecureString -String 'emulator-secret' -AsPlainText -Force
        if ($Name -eq 'LinkedInApp') { [pscredential]::new('78emulatorclient', $secret) } else { $secret }
    }
    Set-Item -Path function:Set-Secret -Value {
        param($Name, [Parameter(ValueFromPipeline)] $Secret) process { $null = $Name, $Secret }
    }
}

# Prints objects as a console of 100 columns does, with warnings and errors in their place.
$print = {
    param($Example)
    . ([scriptblock]::Create($Example)) *>&1 | ForEach-Object -Process {
        switch ($_) {
            { $_ -is [System.Management.Automation.ErrorRecord] } { "$($_.InvocationInfo.MyCommand): $_"; break }
            { $_ -is [System.Management.Automation.WarningRecord] } { "WARNING: $_"; break }
            { $_ -is [System.Management.Automation.VerboseRecord] } { "VERBOSE: $_"; break }
            { $_ -is [System.Management.Automation.InformationRecord] } {
                # A console shows what was written to the host, and the rest on request.
                if ($_.Tags -contains 'PSHOST' -or $Example -match '-InformationAction Continue') { "$_" }
                break
            }
            default { $_ }
        }
    } | Out-String -Width 100
}

function Invoke-Page($Page) {
    $option = @{ token = 'emulator-token'; 'client-secret' = 'emulator-secret'; 'refresh-token' = 'emulator-secret'; rows = 1000 }
    $emulator = Start-Emulator -Option $option
    $temporary = [System.IO.Path]::GetTempPath()
    $folder = (New-Item -ItemType Directory -Path $temporary -Name "linkedin-docs-$([guid]::NewGuid())").FullName
    $shell = [powershell]::Create()
    try {
        Push-Location -LiteralPath $folder
        $env:LINKEDIN_ACCESS_TOKEN = $emulator.Token
        $env:LINKEDIN_BASE_URI = $emulator.BaseUri
        $manifest = Join-Path -Path $root -ChildPath 'LinkedInExports.psd1'
        $null = Invoke-InShell $shell "Set-Location -LiteralPath '$folder'; . { $prepare } '$manifest' '$($emulator.Url)'"
        $printed = foreach ($example in $Page.Examples) {
            # The text that depends on the machine; everything else runs as it is written.
            $text = $example.Replace("'<token>'", "'$($emulator.Token)'").Replace('http://127.0.0.1:5005', $emulator.Url).
                Replace('./LinkedInExports.psd1', $manifest).Replace('module/runbooks/', "$root/module/runbooks/")
            Invoke-InShell $shell $print @($text)
        }
        [pscustomobject]@{ Name = $Page.Name; Printed = @($printed) }
    }
    finally {
        Pop-Location
        $shell.Dispose()
        Stop-Emulator $emulator
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

# A terminating error is part of what the example printed.
function Invoke-InShell($Shell, $Script, $Argument = @()) {
    $Shell.Commands.Clear()
    $null = $Shell.AddScript([string] $Script, $false)
    foreach ($each in $Argument) { $null = $Shell.AddArgument($each) }
    try { -join $Shell.Invoke() }
    catch { "TERMINATED: $($_.Exception.InnerException.Message)" }
}

$pages = Get-Content -LiteralPath $PagesPath -Raw | ConvertFrom-Json
ConvertTo-Json -InputObject @($pages | ForEach-Object -Process { Invoke-Page $_ }) -Depth 4 |
    Set-Content -LiteralPath $ResultPath -Encoding utf8
