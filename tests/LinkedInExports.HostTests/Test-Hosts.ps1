# Runs the tests for other hosts, as far as this machine has them, and outputs a result for each part. Throws when one failed.
[CmdletBinding()]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
$output = Join-Path -Path $root -ChildPath 'artifacts/hosts'
$engines = 'net8.0', 'netstandard2.0'
Import-Module -Name "$root/tests/pester/Support.psm1" -Force

# Runs a command that prints "N passed, N failed, N skipped", and returns this line.
function Invoke-Program {
    param([string] $Command, [string[]] $Argument)
    $lines = & $Command @Argument 2>&1 | Out-String -Stream
    $lines | Where-Object { $_ -match '^FAIL|^\s*\[-\]' } | Write-Warning
    if ($LASTEXITCODE -ne 0) {
        throw "$Command ended with exit code ${LASTEXITCODE}: $($lines | Select-Object -Last 15 | Out-String)"
    }
    $counts = $lines | Where-Object { $_ -match '\d+ passed, \d+ failed' } | Select-Object -Last 1
    if (-not $counts) { throw "$Command ran no tests." }
    $counts -replace '^Pester: '
}

function Publish-Program {
    param([string] $Framework, [string] $Runtime, [string] $Engine)
    $folder = Join-Path -Path $output -ChildPath "$Runtime-$Engine"
    $options = @("-p:EngineFramework=$Engine", '-o', $folder, '-v', 'q', '-nologo')
    $lines = dotnet publish $PSScriptRoot -f $Framework -r $Runtime --self-contained @options
    if ($LASTEXITCODE -ne 0) { throw "The program for $Runtime was not built: $($lines | Out-String)" }
    $folder
}

function Test-Reference {
    $project = Join-Path -Path $root -ChildPath 'tests/LinkedInExports.Conventions.Tests'
    $lines = dotnet test $project --filter 'FullyQualifiedName~FrameworkReferenceTests' --nologo
    if ($LASTEXITCODE -ne 0) { throw ($lines | Out-String) }
    [regex]::Match(($lines -join ' '), 'Passed: +(\d+)').Groups[1].Value + ' passed, 0 failed, 0 skipped'
}

# Builds a program, and returns the folder of its output.
function Build-DesktopProgram {
    $lines = dotnet build $PSScriptRoot -f net472 -v q -nologo
    if ($LASTEXITCODE -ne 0) { throw ($lines | Out-String) }
    Join-Path -Path $PSScriptRoot -ChildPath 'bin/Debug/net472'
}

function Test-Mono {
    $program = Join-Path -Path (Build-DesktopProgram) -ChildPath LinkedInExports.HostTests.exe
    $emulator = Start-Emulator
    try {
        Invoke-Program -Command mono -Argument $program, $emulator.BaseUri, $emulator.Token
    }
    finally {
        Stop-Emulator $emulator
    }
}

# In a folder without the assemblies that the module resolves.
function Test-AssemblyResolution {
    $folder = Join-Path -Path $output -ChildPath resolution
    $null = New-Item -ItemType Directory -Path $folder -Force
    $built = Build-DesktopProgram
    Copy-Item -Path "$built/LinkedInExports.HostTests.exe", "$built/System.Management.Automation.dll" -Destination $folder
    Invoke-Program -Command mono -Argument "$folder/LinkedInExports.HostTests.exe", "$root/module/bin/netstandard2.0"
}

# The engine of PowerShell 7.4 and that of Windows PowerShell, on the runtime of PowerShell 7.4.
function Test-Runtime {
    foreach ($engine in $engines) {
        $options = '-p:TestFramework=net8.0', "-p:EngineFramework=$engine", '-p:RunAnalyzers=false', '--artifacts-path',
            (Join-Path -Path $output -ChildPath "core-$engine"), '--nologo', '--logger', 'console;verbosity=minimal'
        if ($engine -eq 'netstandard2.0') { $options += '--filter', 'Engine!=PowerShell7' }
        $lines = dotnet test "$root/tests/LinkedInExports.Core.Tests" @options 2>&1 | Out-String -Stream
        $counts = $lines -match 'Failed: +\d+, Passed: +\d+' | Select-Object -Last 1
        if ($LASTEXITCODE -ne 0 -or -not $counts) { throw "${engine}: $($lines | Select-Object -Last 100 | Out-String)" }
        $null = $counts -match 'Failed: +(?<failed>\d+), Passed: +(?<passed>\d+), Skipped: +(?<skipped>\d+)'
        "${engine}: $($Matches.passed) passed, $($Matches.failed) failed, $($Matches.skipped) skipped"
    }
}

function Test-Wine {
    $before = $env:WINEPREFIX, $env:WINEDEBUG, $env:WINEDLLOVERRIDES
    # Not in the repository: the folder has a link to the root of the file system, which searches of the repository would follow.
    $env:WINEPREFIX = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "LinkedInExports-wine-$PID"
    $env:WINEDEBUG = '-all'
    # The configuration is created without Mono and a browser. The program does not start without mscoree.
    $env:WINEDLLOVERRIDES = 'mscoree,mshtml='
    try {
        $null = wine winecfg -v win10 2>&1
        $env:WINEDLLOVERRIDES = $null
        foreach ($engine in $engines) {
            $folder = Publish-Program -Framework net10.0 -Runtime win-x64 -Engine $engine
            $program = Join-Path -Path $folder -ChildPath LinkedInExports.HostTests.exe
            "${engine}: $(Invoke-Program -Command wine -Argument $program)"
        }
    }
    finally {
        wineserver --wait
        # Removes links and not their targets.
        if (Test-Path -LiteralPath $env:WINEPREFIX) { [System.IO.Directory]::Delete($env:WINEPREFIX, $true) }
        $env:WINEPREFIX, $env:WINEDEBUG, $env:WINEDLLOVERRIDES = $before
    }
}

function Test-Shell {
    foreach ($shell in $env:LINKEDINEXPORTS_SHELLS -split [IO.Path]::PathSeparator) {
        $counts = Invoke-Program -Command $shell -Argument '-NoProfile', '-NonInteractive', '-File',
            (Join-Path -Path $root -ChildPath 'tests/pester/Invoke-Suite.ps1')
        "$(Split-Path -Leaf -Path $shell): $counts"
    }
}

# Runs a part, unless a prerequisite is missing.
function Invoke-Part {
    param([string] $Name, [string] $Missing, [scriptblock] $Script)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $result = 'Skipped'
    $detail = $Missing
    if (-not $Missing) {
        try {
            $detail = (& $Script) -join '; '
            $result = 'Passed'
        }
        catch {
            $detail = "$_"
            $result = 'Failed'
        }
    }
    [pscustomobject]@{ Part = $Name; Result = $result; Seconds = [int] $watch.Elapsed.TotalSeconds; Detail = $detail }
}

function Get-MissingCommand([string] $Name) {
    if (-not (Get-Command -Name $Name -CommandType Application -ErrorAction Ignore)) { "$Name was not found." }
}

$lines = dotnet build "$root/LinkedInExports.sln" -v q -nologo
if ($LASTEXITCODE -ne 0) { throw ($lines | Out-String) }
$hasShells = [bool] $env:LINKEDINEXPORTS_SHELLS
$results = @(
    Invoke-Part -Name 'References of .NET Framework 4.7.2' -Script { Test-Reference }
    Invoke-Part -Name 'Workflow in Mono' -Missing (Get-MissingCommand mono) -Script { Test-Mono }
    Invoke-Part -Name 'Assemblies in Mono' -Missing (Get-MissingCommand mono) -Script { Test-AssemblyResolution }
    Invoke-Part -Name 'Engine on .NET 8' -Script { Test-Runtime } -Missing $(
        $hasRuntime = (dotnet --list-runtimes) -match '^Microsoft\.AspNetCore\.App 8\.'
        if (-not $hasRuntime) { 'The runtime of ASP.NET Core 8 was not found.' })
    Invoke-Part -Name 'File operations in Wine' -Missing (Get-MissingCommand wine) -Script { Test-Wine }
    Invoke-Part -Name 'Pester in other shells' -Script { Test-Shell } -Missing $(
        if (-not $hasShells) { 'LINKEDINEXPORTS_SHELLS has no paths of shells.' })
)
$results | Format-List | Out-String | Write-Output
if ($results.Result -contains 'Failed') { throw 'Tests for other hosts failed.' }
