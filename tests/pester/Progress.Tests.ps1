BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    $emulator = Start-Emulator
    # Each file starts after a delay, so that there is progress to write.
    Add-EmulatorFault $emulator @{ kind = 'latency'; delaySeconds = 1.5; pathPrefix = '/ambry/'; times = -1 }

    # Saves the three files of an export or runs another command, and returns the progress records.
    function Get-Progress(
        [string] $Then = '',
        [string] $Command = "`$input | Save-ExportFile -Destination '$TestDrive/$([guid]::NewGuid())' -ThrottleLimit 1",
        [switch] $Interactive
    ) {
        $lines = Invoke-NewShell -Emulator $emulator -Interactive:$Interactive -Script @"
            Import-Module '$manifest'
            `$job = New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt 2025-01-01 | Wait-ExportJob
            `$shell = [powershell]::Create()
            `$null = `$shell.AddScript(@'
                Import-Module "$manifest"
                $Command $Then
'@)
            try { `$null = `$shell.Invoke(@(`$job)) } catch { `$_.ToString() }
            `$shell.Streams.Progress | ForEach-Object { [pscustomobject]@{
                Id      = `$_.ActivityId
                Parent  = `$_.ParentActivityId
                Percent = `$_.PercentComplete
                Done    = `$_.RecordType -eq 'Completed'
                Text    = "`$(`$_.Activity): `$(`$_.StatusDescription)"
            } } | ConvertTo-Json -Compress -AsArray
"@
        $lines | Where-Object { $_ -like '`[*' } | ConvertFrom-Json
    }
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Progress' {
    It 'has one record for the command and one for its step, which both complete' {
        $records = @(Get-Progress -Interactive)
        $main = $records.Where{ $_.Parent -eq -1 }
        $step = $records.Where{ $_.Parent -ne -1 }
        @($main.Id | Sort-Object -Unique).Count | Should -Be 1
        $main[0].Text | Should -BeLike 'Saving export files: * of 3 files'
        $step.Parent | Sort-Object -Unique | Should -Be $main[0].Id
        $records[-1].Done, $records[-2].Done | Should -Be $true, $true
        $records | ForEach-Object { $_.Percent | Should -BeGreaterOrEqual -1; $_.Percent | Should -BeLessOrEqual 100 }
        $main.Count | Should -BeLessOrEqual 12
    }

    It 'completes when the pipeline is ended by <_>' -ForEach '| Select-Object -First 2',
        '| ForEach-Object { if (++$n -eq 3) { throw } }' {
        $records = @(Get-Progress -Interactive -Then $_)
        $records.Where{ $_.Done -and $_.Parent -eq -1 }.Count | Should -Be 1
    }

    It 'removes the step when the last update has none' {
        Add-EmulatorFault $emulator @{
            kind = 'latency'; delaySeconds = 1.5; method = 'GET'; pathPrefix = '/v2/crmDataValidationExportJobs'; times = -1
        }
        $records = @(Get-Progress -Interactive -Command "'2025-01-01', '2025-02-01' |
            ForEach-Object { New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt `$_ } | Wait-ExportJob")
        $step = $records.Where{ $_.Parent -ne -1 }
        $step[0].Text | Should -BeLike 'Export job *'
        $step[-1].Done | Should -BeTrue
        @($step.Where{ $_.Done }).Count | Should -Be 1
    }

    It 'of an import is not written when the records are displayed, because Ctrl+C would then block the shell' {
        $file = "$TestDrive/many.csv"
        $rows = foreach ($id in 1..5000) { "$id,LEAD,1735689600000,1735689600000" }
        Set-Content -LiteralPath $file -Value (@('crmId,crmRecordType,expiredAt,createdAt') + $rows)
        $import = "Import-ExportFile '$file' | ForEach-Object { if (`$n++ -eq 0) { Start-Sleep -Seconds 2 }; `$_ }"
        Get-Progress -Interactive -Command $import -Then '| Out-Null' | Should -Not -BeNullOrEmpty
        Get-Progress -Interactive -Command $import -Then '| Out-Default' | Should -BeNullOrEmpty
    }

    It 'is not written in a non-interactive session' {
        Get-Progress | Should -BeNullOrEmpty
    }
}
