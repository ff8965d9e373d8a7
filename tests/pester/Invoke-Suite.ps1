# Runs Pester on one file or on all files: ./tests/pester/Invoke-Suite.ps1 [-Path Export.Tests.ps1] [-Module Manifest.psd1]
param(
    [string[]] $Path = $PSScriptRoot,

    # The manifest of the module under test, for example that of a package. The default is the manifest of the repository.
    [string] $Module
)

$ErrorActionPreference = 'Stop'
if ($Module) { $env:LINKEDINEXPORTS_MODULE = (Resolve-Path -LiteralPath $Module).Path }
# The build saves Pester here if the user has not installed it.
$modules = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/modules")
$env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
Import-Module -Name Pester -MinimumVersion 5.5

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration

"Pester: $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped"
exit $(if ($result.Result -eq 'Passed' -and $result.TotalCount -gt 0) { 0 } else { 1 })
