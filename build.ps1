<#
.SYNOPSIS
Builds, checks, tests and packs LinkedInExports.
.DESCRIPTION
Build        Builds the solution and the module: Import-Module ./LinkedInExports.psd1
Format       Formats the code with CSharpier.
Help         Updates the pages in docs/en-US from the cmdlets, and builds the help.
Analyze      Runs PSScriptAnalyzer with the settings of the Gallery on all scripts.
Test         Runs all tests. The Pester tests are skipped if Pester is not found and cannot be downloaded.
TestHosts    Runs tests in Mono, in Wine and in the shells of LINKEDINEXPORTS_SHELLS, as far as they are found.
Proof        Runs the long variants of the tests: all random cases and crash points, a million candidates (30 minutes).
Mutation     Changes the critical code, and reports the changes that no test detects.
Benchmark    Measures speed and memory for tests/LinkedInExports.Benchmarks/RESULTS.md (15 minutes).
Package      Creates the package in artifacts/package/LinkedInExports/<version>, and a .nupkg file.
PackageTool  Adds the emulator as a .NET tool to artifacts/package.
TestPackage  Runs the Pester tests with the package; in Windows PowerShell only those that it supports.
ValidateSbom Validates the SBOM of the package with Microsoft's sbom-tool.
Verify       Rebuilds the -Package from its commit, and reports each file that is different.
Reproduce    Creates the package in two clones with different environments, and compares them.
ReleaseNotes Writes the notes and the hashes of the tagged release to artifacts/package.
Publish      Publishes the package to the -Repository of PSResourceGet.

Missing modules are downloaded to the folder of the repository.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Help
.EXAMPLE
./build.ps1 -Task Package, TestPackage
.EXAMPLE
./build.ps1 -Task Verify -Package ./LinkedInExports.0.1.0.nupkg
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Format', 'Help', 'Analyze', 'Test', 'TestHosts', 'Proof', 'Mutation', 'Benchmark', 'Package',
        'PackageTool', 'TestPackage', 'ValidateSbom', 'Verify', 'Reproduce', 'ReleaseNotes', 'Publish')]
    [string[]] $Task = @('Build', 'Test'),

    # The package is always a Release build.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # The address of the public repository, for links in the package. GitHub specifies it in its builds.
    [ValidatePattern('^(https://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._-]+)*)?$')]
    [string] $RepositoryUrl,

    # The .nupkg file to verify.
    [string] $Package,

    # Verifies a package of a version without a tag in this repository.
    [switch] $AllowUntagged,

    # The name of the repository to publish to.
    [string] $Repository = 'PSGallery'
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

# The executable of this shell. The process is dotnet if PowerShell is installed as a .NET tool.
$shell = Join-Path -Path $PSHOME -ChildPath $(if ($PSVersionTable.PSEdition -eq 'Desktop') { 'powershell' } else { 'pwsh' })

# Returns whether Pester was found, or downloaded to the folder of the repository, which Invoke-Suite.ps1 also uses.
function Find-Pester {
    & $shell -NoProfile -NonInteractive -File tests/pester/Find-Pester.ps1 | Out-Host
    if ($LASTEXITCODE -ne 0) {
        Write-Warning -Message 'Pester was not found and could not be downloaded.'
    }
    $LASTEXITCODE -eq 0
}

# Returns whether a module was found, or downloaded to the folder of the repository.
function Find-BuildModule {
    param([string] $Name, [version] $MinimumVersion, [string] $MaximumVersion)
    $modules = Join-Path -Path $artifacts -ChildPath 'modules'
    if (($env:PSModulePath -split [System.IO.Path]::PathSeparator) -notcontains $modules) {
        $env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
    }
    if (Get-Module -ListAvailable -Name $Name | Where-Object Version -GE $MinimumVersion) {
        return $true
    }
    try {
        $null = New-Item -ItemType Directory -Path $modules -Force
        $versions = @{ MinimumVersion = $MinimumVersion; MaximumVersion = $MaximumVersion }
        Save-Module -Name $Name @versions -Path $modules -Repository PSGallery
        return $true
    }
    catch {
        Write-Warning -Message "$Name was not found and could not be downloaded: $_"
        return $false
    }
}

function Invoke-Formatting {
    # The manifest of the development tools is in the folder tests.
    Push-Location -LiteralPath 'tests'
    try {
        Invoke-DotNet -Argument 'tool', 'restore'
        Invoke-DotNet -Argument 'csharpier', 'format', '..'
    }
    finally {
        Pop-Location
    }
}

function Invoke-Analysis {
    if (-not (Find-BuildModule -Name PSScriptAnalyzer -MinimumVersion 1.21 -MaximumVersion 1.99)) {
        Write-Warning -Message 'Analyze is skipped: PSScriptAnalyzer was not found.'
        return
    }
    & (Join-Path -Path $PSScriptRoot -ChildPath 'tests/pester/Invoke-Analysis.ps1')
}

# Runs the tests that use a sample of their cases in a normal run with all cases.
function Invoke-Proof {
    $env:LINKEDINEXPORTS_PROOF = 'full'
    try {
        Invoke-DotNet -Argument 'build', $solution, '--configuration', $Configuration
        Invoke-DotNet -Argument 'test', 'tests/LinkedInExports.Core.Tests', '--no-build', '--configuration', $Configuration,
            '--logger', 'console;verbosity=detailed'
        if (-not (Find-Pester)) {
            Write-Warning -Message 'The long Pester tests are skipped: Pester was not found.'
            return
        }
        & $shell -NoProfile -NonInteractive -File tests/pester/Invoke-Suite.ps1 tests/pester/ResumeSync.Tests.ps1 `
            tests/pester/Database.Tests.ps1 | Out-Host
        if ($LASTEXITCODE -ne 0) {
            throw 'The long Pester tests failed.'
        }
    }
    finally {
        $env:LINKEDINEXPORTS_PROOF = $null
    }
}

# Runs Stryker for one project after another. The reports with all mutants are in artifacts/mutation.
function Invoke-MutationTest {
    Push-Location -LiteralPath 'tests/LinkedInExports.Core.Tests'
    try {
        Invoke-DotNet -Argument 'tool', 'restore'
        foreach ($config in Get-ChildItem -Path 'stryker-*.json') {
            # Selects the tests that the project builds.
            $env:MutationTests = $config.BaseName -replace 'stryker-'
            $output = Join-Path -Path $artifacts -ChildPath "mutation/$($config.BaseName)"
            Invoke-DotNet -Argument 'stryker', '--config-file', $config.Name, '--output', $output | Out-Host
            ConvertFrom-MutationReport -Path "$output/reports/mutation-report.json"
        }
    }
    finally {
        $env:MutationTests = $null
        Pop-Location
    }
}

# Gets the score of each file: the percentage of the mutants that a test detects.
function ConvertFrom-MutationReport {
    param([string] $Path)
    $report = Get-Content -LiteralPath $Path -Raw | ConvertFrom-Json
    foreach ($file in $report.files.PSObject.Properties) {
        $mutants = $file.Value.mutants.Where{ $_.status -in 'Killed', 'Timeout', 'Survived', 'NoCoverage' }
        if (-not $mutants) {
            continue
        }
        $detected = $mutants.Where{ $_.status -in 'Killed', 'Timeout' }
        [pscustomobject]@{
            File       = Split-Path -Path $file.Name -Leaf
            Mutants    = $mutants.Count
            Undetected = $mutants.Count - $detected.Count
            Score      = [int] (100 * $detected.Count / $mutants.Count)
        }
    }
}

. (Join-Path -Path $PSScriptRoot -ChildPath 'build/Package.ps1') -BuildProperty @(
    # An empty address is one, too: it overrides that of GitHub.
    if ($PSBoundParameters.ContainsKey('RepositoryUrl')) { "-p:RepositoryUrl=$RepositoryUrl" })
. (Join-Path -Path $PSScriptRoot -ChildPath 'build/Release.ps1')

# The tasks run in the folder of the repository.
if ($Package) {
    $Package = (Resolve-Path -LiteralPath $Package).ProviderPath
}
Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-DotNet -Argument 'build', $solution, '--configuration', $Configuration }
        'Format' { Invoke-Formatting }
        'Help' {
            Invoke-DotNet -Argument 'build', 'src/LinkedInExports', '--configuration', $Configuration
            Invoke-DotNet -Argument 'run', '--project', 'src/LinkedInExports.HelpBuilder', '--configuration', $Configuration
            Invoke-DotNet -Argument 'build', 'src/LinkedInExports', '--configuration', $Configuration
        }
        'Analyze' { Invoke-Analysis }
        'Test' { Invoke-DotNet -Argument 'test', $solution, '--configuration', $Configuration }
        'TestHosts' { & (Join-Path -Path $PSScriptRoot -ChildPath 'tests/LinkedInExports.HostTests/Test-Hosts.ps1') }
        'Proof' { Invoke-Proof }
        'Mutation' { Invoke-MutationTest }
        'Benchmark' {
            $project = 'tests/LinkedInExports.Benchmarks'
            Invoke-DotNet -Argument 'run', '--configuration', 'Release', '--project', $project, '--', '--out',
                "$project/RESULTS.md"
        }
        'Package' { Invoke-Packing }
        'PackageTool' { Invoke-ToolPacking }
        'TestPackage' { Test-Package }
        'ValidateSbom' { Test-Sbom }
        'Verify' { Invoke-Verification -Path $Package }
        'Reproduce' { Invoke-Reproduction }
        'ReleaseNotes' { Write-ReleaseNote }
        'Publish' { Publish-Package }
    }
}
finally {
    Pop-Location
}
