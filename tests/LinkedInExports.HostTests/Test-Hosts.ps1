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

function Test-Mono {
    $program = Join-Path -Path $PSScriptRoot -ChildPath 'bin/Debug/net472/LinkedInExports.HostTests.exe'
    $lines = dotnet build $PSScriptRoot -f net472 -v q -nologo
    if ($LASTEXITCODE -ne 0) { throw ($lines | Out-String) }
    $emulator = Start-Emulator
    try {
        Invoke-Program -Command mono -Argument $program, $emulator.BaseUri, $emulator.Token
    }
    finally {
        Stop-Emulator $emulator
    }
}

function Test-Wine {
    $before = $env:WINEPREFIX, $env:WINEDEBUG, $env:WINEDLLOVERRIDES
    $env:WINEPREFIX = Join-Path -Path $output -ChildPath wine
    $env:WINEDEBUG = '-all'
    # The configuration is created without Mono and a browser. The program does not start without mscoree.
    $env:WINEDLLOVERRIDES = 'mscoree,mshtml='
    try {
        $null = New-Item -ItemType Directory -Path $output -Force
        $null = wine winecfg -v win10 2>&1
        $env:WINEDLLOVERRIDES = $null
        foreach ($engine in $engines) {
            $folder = Publish-Program -Framework net10.0 -Runtime win-x64 -Engine $engine
            $program = Join-Path -Path $folder -ChildPath LinkedInExports.HostTests.exe
            "${engine}: $(Invoke-Program -Command wine -Argument $program)"
        }
    }
    finally {
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

$lines = dotnet build "$root/src/LinkedInExports.Emulator" -v q -nologo
if ($LASTEXITCODE -ne 0) { throw ($lines | Out-String) }
$hasShells = [bool] $env:LINKEDINEXPORTS_SHELLS
$results = @(
    Invoke-Part -Name 'References of .NET Framework 4.7.2' -Script { Test-Reference }
    Invoke-Part -Name 'Workflow in Mono' -Missing (Get-MissingCommand mono) -Script { Test-Mono }
    Invoke-Part -Name 'File operations in Wine' -Missing (Get-MissingCommand wine) -Script { Test-Wine }
    Invoke-Part -Name 'Pester in other shells' -Script { Test-Shell } -Missing $(
        if (-not $hasShells) { 'LINKEDINEXPORTS_SHELLS has no paths of shells.' })
)
$results | Format-List | Out-String | Write-Output
if ($results.Result -contains 'Failed') { throw 'Tests for other hosts failed.' }
