<#
.SYNOPSIS
Builds and tests LinkedInExports.
.EXAMPLE
./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$solution = Join-Path -Path $PSScriptRoot -ChildPath 'LinkedInExports.sln'
$artifacts = Join-Path -Path $PSScriptRoot -ChildPath 'artifacts'

function Invoke-DotNet {
    param([string[]] $Argument)
    & dotnet @Argument
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($Argument -join ' ') ended with exit code $LASTEXITCODE."
    }
}

# Pester goes into the repository's own folder, never into the user's. Without it the suites are reported as skipped.
function Add-Pester {
    $modules = Join-Path -Path $artifacts -ChildPath 'modules'
    $env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
    if (Get-Module -ListAvailable -Name Pester | Where-Object Version -GE '5.5') {
        return
    }
    try {
        $null = New-Item -ItemType Directory -Path $modules -Force
        Save-Module -Name Pester -MinimumVersion 5.5 -MaximumVersion 5.99 -Path $modules -Repository PSGallery
    }
    catch {
        Write-Warning -Message "Pester could not be fetched, so its suites are skipped: $_"
    }
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-DotNet -Argument 'build', $solution, '--configuration', $Configuration }
        'Test' {
            Add-Pester
            Invoke-DotNet -Argument 'test', $solution, '--configuration', $Configuration
        }
    }
}
finally {
    Pop-Location
}
