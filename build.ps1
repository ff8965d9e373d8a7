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
TestPackage  Runs the Pester tests with the package; in Windows PowerShell only those that it supports.

Missing modules are downloaded to the folder of the repository.
.EXAMPLE
./build.ps1
.EXAMPLE
./build.ps1 -Task Help
.EXAMPLE
./build.ps1 -Task Package, TestPackage
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Format', 'Help', 'Analyze', 'Test', 'TestHosts', 'Proof', 'Mutation', 'Benchmark', 'Package', 'TestPackage')]
    [string[]] $Task = @('Build', 'Test'),

    # The package is always a Release build.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$solution = Join-Path -Path $PSScriptRoot -ChildPath 'LinkedInExports.sln'
$artifacts = Join-Path -Path $PSScriptRoot -ChildPath 'artifacts'
$packages = Join-Path -Path $artifacts -ChildPath 'package'
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath 'LinkedInExports.psd1')
$packed = Join-Path -Path $packages -ChildPath "LinkedInExports/$($manifest.ModuleVersion)"

# Azure Automation and older tools reject long paths.
$maxPackageBytes = 3MB
$maxPathLength = 100

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
    & $shell -NoProfile -NonInteractive -File tests/pester/Find-Pester.ps1
    if ($LASTEXITCODE -eq 0) {
        return $true
    }
    & dotnet msbuild tests/pester/Pester.csproj -restore -t:SavePester -v:q -nologo | Out-Host
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
            $output = Join-Path -Path $artifacts -ChildPath "mutation/$($config.BaseName)"
            Invoke-DotNet -Argument 'stryker', '--config-file', $config.Name, '--output', $output | Out-Host
            ConvertFrom-MutationReport -Path "$output/reports/mutation-report.json"
        }
    }
    finally {
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

function Invoke-Packing {
    # Not in module/bin, which may be loaded in a session.
    $bin = Join-Path -Path $artifacts -ChildPath 'bin'
    foreach ($folder in $bin, $packages) {
        if (Test-Path -LiteralPath $folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
    }
    # The build of the solution runs the analyzers.
    Invoke-DotNet -Argument 'build', 'src/LinkedInExports/LinkedInExports.csproj', '--configuration', 'Release',
        "-p:ModuleBin=$bin/", '-p:RunAnalyzers=false'

    $module = Join-Path -Path $packed -ChildPath 'module'
    $null = New-Item -ItemType Directory -Path $module -Force
    Copy-Item -LiteralPath 'LinkedInExports.psd1', 'LICENSE', 'CHANGELOG.md' -Destination $packed
    Copy-Item -Path 'module/*.psm1', 'module/*.psd1', 'module/*.ps1xml' -Destination $module
    Copy-Item -LiteralPath 'module/runbooks' -Destination $module -Recurse
    # Get-Help also searches the root of the module, so that both builds can share the help.
    Copy-Item -LiteralPath "$bin/net8.0/en-US" -Destination $packed -Recurse
    Get-ChildItem -Path "$bin/*/en-US" -Directory | Remove-Item -Recurse -Force
    Copy-Item -LiteralPath $bin -Destination (Join-Path -Path $module -ChildPath 'bin') -Recurse

    $nuspec = Join-Path -Path $packages -ChildPath 'LinkedInExports.nuspec'
    (ConvertTo-NuSpec).Save($nuspec)
    Invoke-DotNet -Argument 'pack', 'src/LinkedInExports/LinkedInExports.csproj', '--no-build', '--configuration', 'Release',
        "-p:ModuleBin=$bin/", "-p:NuspecFile=$nuspec", "-p:NuspecBasePath=$packed", "-p:PackageOutputPath=$packages",
        '-p:NoPackageAnalysis=true'
    Remove-Item -LiteralPath $nuspec
    Test-PackageBudget
}

# Creates the metadata like Publish-PSResource. Find-PSResource and Find-Command search the tags.
function ConvertTo-NuSpec {
    $data = $manifest.PrivateData.PSData
    $tags = @($data.Tags) + 'PSModule', 'PSIncludes_Cmdlet' +
        $manifest.CmdletsToExport.ForEach{ "PSCmdlet_$_" } + $manifest.CmdletsToExport.ForEach{ "PSCommand_$_" }
    $facts = [ordered]@{
        id                       = 'LinkedInExports'
        version                  = $manifest.ModuleVersion
        authors                  = $manifest.Author
        owners                   = $manifest.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $data.LicenseUri
        description              = $manifest.Description
        releaseNotes             = $data.ReleaseNotes
        copyright                = $manifest.Copyright
        tags                     = $tags -join ' '
    }
    $document = [System.Xml.XmlDocument]::new()
    $namespace = 'http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd'
    $package = $document.AppendChild($document.CreateElement('package', $namespace))
    $metadata = $package.AppendChild($document.CreateElement('metadata', $namespace))
    foreach ($name in $facts.Keys) {
        $metadata.AppendChild($document.CreateElement($name, $namespace)).InnerText = $facts[$name]
    }
    $files = $package.AppendChild($document.CreateElement('files', $namespace))
    $file = $files.AppendChild($document.CreateElement('file', $namespace))
    $file.SetAttribute('src', '**')
    $file.SetAttribute('target', '')
    $document
}

function Test-PackageBudget {
    $nupkg = Get-Item -Path (Join-Path -Path $packages -ChildPath '*.nupkg')
    if ($nupkg.Length -gt $maxPackageBytes) {
        throw "The package has $($nupkg.Length) bytes; the limit is $maxPackageBytes."
    }
    foreach ($file in Get-ChildItem -LiteralPath $packed -Recurse -File) {
        $name = $file.FullName.Substring($packed.Length + 1)
        if ($name.Length -gt $maxPathLength) {
            throw "The path $name has $($name.Length) characters; the limit is $maxPathLength."
        }
        if ($name -match '\.(pdb|xml\.bak|deps\.json)$|System\.Management\.Automation\.dll|Emulator|Tests|xunit') {
            throw "The package contains $name, which is not for users."
        }
    }
    Write-Output -InputObject ('{0}: {1:N0} KB' -f $nupkg.Name, ($nupkg.Length / 1KB))
}

function Test-Package {
    if (-not (Test-Path -LiteralPath $packed)) {
        throw "There is no package in $packed. Run ./build.ps1 -Task Package first."
    }
    if (-not (Find-Pester)) {
        Write-Warning -Message 'TestPackage is skipped: Pester was not found.'
        return
    }
    # The tests need the emulator, and the older packages in the output of the convention tests.
    Invoke-DotNet -Argument 'build', $solution, '--configuration', $Configuration
    $module = Join-Path -Path $packed -ChildPath 'LinkedInExports.psd1'
    $suites = Get-ChildItem -Path 'tests/pester/*.Tests.ps1'
    if ($PSVersionTable.PSEdition -eq 'Desktop') {
        $suites = $suites | Where-Object Name -EQ 'Smoke.Tests.ps1'
    }
    $failed = foreach ($suite in $suites) {
        & $shell -NoProfile -NonInteractive -File 'tests/pester/Invoke-Suite.ps1' -Path $suite.FullName -Module $module | Out-Host
        if ($LASTEXITCODE -ne 0) { $suite.Name }
    }
    if ($failed) {
        throw "These files failed with the package: $($failed -join ', ')."
    }
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
        'Test' {
            $null = Find-Pester
            Invoke-DotNet -Argument 'test', $solution, '--configuration', $Configuration
        }
        'TestHosts' { & (Join-Path -Path $PSScriptRoot -ChildPath 'tests/LinkedInExports.HostTests/Test-Hosts.ps1') }
        'Proof' { Invoke-Proof }
        'Mutation' { Invoke-MutationTest }
        'Benchmark' {
            $project = 'tests/LinkedInExports.Benchmarks'
            Invoke-DotNet -Argument 'run', '--configuration', 'Release', '--project', $project, '--', '--out',
                "$project/RESULTS.md"
        }
        'Package' { Invoke-Packing }
        'TestPackage' { Test-Package }
    }
}
finally {
    Pop-Location
}
