# Runs Pester on all files, on some files or on tests with a name:
# ./tests/pester/Invoke-Suite.ps1 [-Path Export.Tests.ps1] [-Name '*folder*'] [-Module Manifest.psd1]
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path = $PSScriptRoot,

    # The full name of the tests to run, that is of Describe and It, with wildcards.
    [string[]] $Name,

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
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
if ($Name) { $configuration.Filter.FullName = $Name }
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration
Remove-Item -LiteralPath $data -Recurse -ErrorAction Ignore

foreach ($file in $result.Containers) { "$(Split-Path -Leaf -Path $file.Item): $($file.Result)" }
"Pester: $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped"
exit $(if ($result.Result -eq 'Passed' -and $result.TotalCount -gt 0) { 0 } else { 1 })
