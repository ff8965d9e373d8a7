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
        # The elapsed time depends on the other processes of the computer.
        $seconds = $emulator.Process.TotalProcessorTime.TotalSeconds
        $seconds | Should -BeGreaterThan 0
        $seconds | Should -BeLessThan 1
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
