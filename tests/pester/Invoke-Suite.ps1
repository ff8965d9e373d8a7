# Runs Pester on all files, on some files or on tests with a name:
# ./tests/pester/Invoke-Suite.ps1 [-Path Export.Tests.ps1] [-Name '*folder*'] [-Module Manifest.psd1]
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path = $PSScriptRoot,

    # The full name of the tests to run, that is of Describe and It, with wildcards.
    [string[]] $Name,

    # A folder that several shells share, so that each file runs in one of them: the one that creates its file in this folder.
    [string] $Claims,

    # The manifest of the module under test, for example that of a package. The default is the manifest of the repository.
    [string] $Module
)

$ErrorActionPreference = 'Stop'
if ($Module) { $env:LINKEDINEXPORTS_MODULE = (Resolve-Path -LiteralPath $Module).Path }
# The build saves Pester here if the user has not installed it.
$modules = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/modules")
$env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
Import-Module -Name Pester -MinimumVersion 5.5
# Not the folder of the user.
$data = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "LinkedInExports-$([guid]::NewGuid())"
$env:LINKEDINEXPORTS_DATA = $data

$configuration = New-PesterConfiguration
$configuration.Run.PassThru = $true
if ($Name) { $configuration.Filter.FullName = $Name }
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'

function Test-Claim([string] $File) {
    try { [System.IO.File]::Open("$Claims/$(Split-Path -Leaf -Path $File)", 'CreateNew').Dispose(); $true }
    catch [System.IO.IOException] { $false }
}

# Without -Claims, all files are one run, and so have one summary of the failed tests.
$runs = if ($Claims) { $Path } else { , $Path }
$results = @(foreach ($run in $runs) {
    if ($Claims -and -not (Test-Claim $run)) { continue }
    $configuration.Run.Path = $run
    $result = Invoke-Pester -Configuration $configuration
    foreach ($file in $result.Containers) { Write-Host "$(Split-Path -Leaf -Path $file.Item): $($file.Result)" }
    $result
})
Remove-Item -LiteralPath $data -Recurse -ErrorAction Ignore

$counts = foreach ($name in 'PassedCount', 'FailedCount', 'SkippedCount') {
    [int] ($results | Measure-Object -Property $name -Sum).Sum
}
"Pester: {0} passed, {1} failed, {2} skipped" -f $counts
exit $(if ($results -and -not $results.Where{ $_.Result -ne 'Passed' -or $_.TotalCount -eq 0 }) { 0 } else { 1 })
