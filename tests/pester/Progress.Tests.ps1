BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    $emulator = Start-Emulator
    # Each file starts after a delay, so that there is progress to write.
    Add-EmulatorFault $emulator @{ kind = 'latency'; delaySeconds = 1.5; pathPrefix = '/ambry/'; times = -1 }

    # The one poll that has a step to remove starts after a delay, too.
    Add-EmulatorFault $emulator @{
        kind = 'latency'; delaySeconds = 1.5; method = 'GET'; pathPrefix = '/v2/crmDataValidationExportJobs'; times = -1
    }
    $save = "`$input | Save-ExportFile -Destination `"$TestDrive/`$([guid]::NewGuid())`" -ThrottleLimit 1"
    $many = "$TestDrive/many.csv"
    $rows = foreach ($id in 1..5000) { "$id,LEAD,1735689600000,1735689600000" }
    Set-Content -LiteralPath $many -Value (@('crmId,crmRecordType,expiredAt,createdAt') + $rows)
    $import = "Import-ExportFile '$many' | ForEach-Object { if (`$n++ -eq 0) { Start-Sleep -Seconds 2 }; `$_ }"

    # Runs commands in one new shell, each in a session and with a completed export job as its input, and returns the progress
    # records of each.
    function Get-Progress([string[]] $Command, [switch] $Interactive) {
        ConvertTo-Json -InputObject $Command | Set-Content -LiteralPath "$TestDrive/commands.json"
        $lines = Invoke-NewShell -Emulator $emulator -Interactive:$Interactive -Script @"
            Import-Module '$manifest'
            `$job = New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt 2025-01-01 | Wait-ExportJob
            foreach (`$command in Get-Content -Raw -LiteralPath '$TestDrive/commands.json' | ConvertFrom-Json) {
                `$shell = [powershell]::Create().AddScript("Import-Module '$manifest'; `$command")
                try { `$null = `$shell.Invoke(@(`$job)) } catch { `$_.ToString() }
                `$progress = @(`$shell.Streams.Progress | ForEach-Object { [pscustomobject]@{
                    Parent  = `$_.ParentActivityId
                    Id      = `$_.ActivityId
                    Percent = `$_.PercentComplete
                    Done    = `$_.RecordType -eq 'Completed'
                    Text    = "`$(`$_.Activity): `$(`$_.StatusDescription)"
                } })
                ConvertTo-Json -InputObject @{ Command = `$command; Progress = `$progress } -Compress
            }
"@
        $all = @{}
        $lines | Where-Object { $_ -like '{*' } | ConvertFrom-Json | ForEach-Object { $all[$_.Command] = $_.Progress }
        $all
    }

    $commands = @{
        Saved     = $save
        Selected  = "$save | Select-Object -First 2"
        Thrown    = "$save | ForEach-Object { if (++`$n -eq 3) { throw } }"
        Waited    = "'2025-01-01', '2025-02-01' |
            ForEach-Object { New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt `$_ } | Wait-ExportJob"
        Imported  = "$import | Out-Null"
        Displayed = "$import | Out-Default"
    }
    $all = Get-Progress -Command @($commands.Values) -Interactive
    function Get-Record([string] $Name) {
        $all.ContainsKey($commands[$Name]) | Should -BeTrue -Because "the shell ran $Name"
        , @($all[$commands[$Name]])
    }
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Progress' {
    It 'has one record for the command and one for its step, which both complete' {
        $records = Get-Record Saved
        $main = $records.Where{ $_.Parent -eq -1 }
        $step = $records.Where{ $_.Parent -ne -1 }
        @($main.Id | Sort-Object -Unique).Count | Should -Be 1
        $main[0].Text | Should -BeLike 'Saving export files: * of 3 files'
        $step.Parent | Sort-Object -Unique | Should -Be $main[0].Id
        $records[-1].Done, $records[-2].Done | Should -Be $true, $true
        $records | ForEach-Object { $_.Percent | Should -BeGreaterOrEqual -1; $_.Percent | Should -BeLessOrEqual 100 }
        $main.Count | Should -BeLessOrEqual 12
    }

    It 'completes when the pipeline is ended (<_>)' -ForEach 'Selected', 'Thrown' {
        (Get-Record $_).Where{ $_.Done -and $_.Parent -eq -1 }.Count | Should -Be 1
    }

    It 'removes the step when the last update has none' {
        $step = (Get-Record Waited).Where{ $_.Parent -ne -1 }
        $step[0].Text | Should -BeLike 'Export job *'
        $step[-1].Done | Should -BeTrue
        @($step.Where{ $_.Done }).Count | Should -Be 1
    }

    It 'of an import is not written when the records are displayed, because Ctrl+C would then block the shell' {
        Get-Record Imported | Should -Not -BeNullOrEmpty
        Get-Record Displayed | Should -BeNullOrEmpty
    }

    It 'is not written in a non-interactive session' {
        $progress = Get-Progress -Command $save
        $progress.Keys | Should -Be $save
        $progress[$save] | Should -BeNullOrEmpty
    }
}
