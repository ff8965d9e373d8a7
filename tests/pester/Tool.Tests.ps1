BeforeDiscovery {
    # The task PackageTool creates the package next to that of the module.
    $package = if ($env:LINKEDINEXPORTS_MODULE) {
        Get-ChildItem -Path "$PSScriptRoot/../../artifacts/package/LinkedInExports.Emulator.*.nupkg"
    }
}

Describe 'The emulator as a .NET tool' -Skip:(-not $package) {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
        $feed = (Resolve-Path -LiteralPath "$PSScriptRoot/../../artifacts/package").Path
        # Without the cache of the user, which may have another build of the same version.
        $env:NUGET_PACKAGES = "$TestDrive/packages"
        $printed = & dotnet tool install LinkedInExports.Emulator --tool-path "$TestDrive/tools" --add-source $feed 2>&1
        if ($LASTEXITCODE -ne 0) { throw ($printed | Out-String) }
        $command = (Get-Item -Path "$TestDrive/tools/linkedin-emulator*").FullName
        $emulator = Start-Emulator -Command $command
    }

    AfterAll {
        $env:NUGET_PACKAGES = $null
        if ($emulator) { Stop-Emulator $emulator }
    }

    It 'starts within a second' {
        # The fastest of several starts, because other processes may use the processors.
        $seconds = foreach ($attempt in 1..3) {
            $start = [System.Diagnostics.Stopwatch]::StartNew()
            $another = Start-Emulator -Command $command
            $start.Elapsed.TotalSeconds
            Stop-Emulator $another
        }
        ($seconds | Measure-Object -Minimum).Minimum | Should -BeLessThan 1
    }

    It 'responds to a client in any language' {
        $headers = @{
            Authorization               = "Bearer $($emulator.Token)"
            'X-RestLi-Protocol-Version' = '2.0.0'
            'X-RestLi-Method'           = 'finder'
        }
        $contracts = Invoke-RestMethod -Uri "$($emulator.BaseUri)salesContracts?q=contractsByMember" -Headers $headers
        $contracts.elements | Should -HaveCount 3
    }

    It 'describes its options' {
        & $command --help | Select-Object -Skip 2 -First 1 | Should -Match 'linkedin-emulator \[options\]'
    }
}
