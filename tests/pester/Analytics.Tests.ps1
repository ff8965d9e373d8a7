BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $emulator = Start-Emulator -Option @{ 'processing-time' = 0.05 }
    Connect-Emulator $emulator
    $soon = [timespan] '0:0:0.1'
    $year = @{ StartAt = '2025-01-01'; EndAt = '2025-12-31' }
    # The emulator has one activity an hour for each contract.
    $hours = 365 * 24
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Get-SalesContract' {
    It 'outputs all contracts, or with -ReportingOnly those with reporting access' {
        (Get-SalesContract).Name | Should -Be 'Fabrikam EMEA', 'Fabrikam Pilot', 'Fabrikam Americas'
        (Get-SalesContract -ReportingOnly).Contract | Should -Be 'urn:li:contract:7001', 'urn:li:contract:7003'
    }
}

Describe 'New-SalesAnalyticsExportJob' {
    BeforeEach {
        Clear-Emulator $emulator
        $out = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid())
    }

    It 'exports a year of all contracts in one pipeline, complete and without duplicates' {
        $records = Get-SalesContract -ReportingOnly |
            New-SalesAnalyticsExportJob -ExportType Activity, Seat, ActivityOutcome @year |
            Wait-ExportJob -PollInterval $soon | Save-ExportFile -Destination $out | Import-ExportFile
        $activities = $records.Where{ $_ -is [LinkedInExports.SalesActivityRecord] }
        $activities.Count | Should -Be (2 * $hours)
        @($activities.ActivityId | Sort-Object -Unique).Count | Should -Be (2 * $hours)
        $groups = $records | Where-Object ActivityType | Group-Object -Property ActivityType -NoElement
        $groups.Where{ $_.Name -eq 'SAVED_LEAD' }.Count | Should -BeGreaterThan 0
        ($groups | Measure-Object -Property Count -Sum).Sum | Should -Be (2 * $hours + [math]::Ceiling(2 * $hours / 3))
        @(Get-ChildItem -Path "$out/*.csv").Count | Should -Be 30
        $contracts = $records | Group-Object -Property Contract
        $contracts.Name | Should -Be 'urn:li:contract:7001', 'urn:li:contract:7003'
        $contracts[0].Count | Should -Be $contracts[1].Count
        @($records.JobId | Sort-Object -Unique).Count | Should -Be 30
        @($records.FilePath | Sort-Object -Unique).Count | Should -Be 30
        $records.Where{ $_.CrmInstanceId } | Should -BeNullOrEmpty
    }

    It 'creates a job for each 90 days when the period is longer' {
        $jobs = New-SalesAnalyticsExportJob 7001 Activity @year
        $jobs.Count | Should -Be 5
        $jobs[0].StartAt.UtcDateTime | Should -Be ([datetime] '2025-01-01')
        $jobs[-1].EndAt.UtcDateTime | Should -Be ([datetime] '2025-12-31T23:59:59.999')
        $requests = (Get-EmulatorRequest $emulator).body | ConvertFrom-Json
        for ($i = 1; $i -lt 5; $i++) { $requests[$i].startAt | Should -Be ($requests[$i - 1].endAt + 1) }
        $jobs[0] | Format-Table | Out-String | Should -Match '7001 +2025-01-01 to 2025-03-31'
    }

    It 'uses days in UTC in every time zone' {
        Invoke-NewShell -Emulator $emulator -Environment @{ TZ = 'Pacific/Auckland' } -Script @"
            Import-Module '$manifest'
            `$job = New-SalesAnalyticsExportJob 7001 Seat -StartAt 2025-01-01 -EndAt 2025-01-31
            `$job.StartAt.UtcDateTime.ToString('s'), `$job.EndAt.UtcDateTime.ToString('s')
"@ | Should -Be '2025-01-01T00:00:00', '2025-01-31T23:59:59'
    }

    It 'reports one error for a contract without reporting access and continues with the others' {
        $contracts = Get-SalesContract
        Clear-Emulator $emulator
        $jobs = $contracts |
            New-SalesAnalyticsExportJob -ExportType Activity @year -ErrorVariable problems -ErrorAction SilentlyContinue
        $jobs.Count | Should -Be 10
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NoReportingAccess,*'
        $problems[0].TargetObject | Should -Be 'urn:li:contract:7002'
        (Get-EmulatorRequest $emulator).body -match '7002' | Should -BeNullOrEmpty
    }

    It 'reports one error for all slices of a contract that LinkedIn rejects' {
        $jobs = 7002, 7003 | New-SalesAnalyticsExportJob -ExportType Activity,
            Seat @year -ErrorVariable problems -ErrorAction SilentlyContinue
        $jobs.Count | Should -Be 10
        $problems.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
    }

    It 'warns when LinkedIn may not have the data yet, and when days are incomplete' {
        $recent = @{ StartAt = (Get-Date).AddDays(-3); EndAt = Get-Date }
        $null = New-SalesAnalyticsExportJob 7001 Activity @recent -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 2
        $null = New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-31 -WarningVariable warnings
        $warnings.Count | Should -Be 0
        { New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-02-01 -EndAt 2025-01-01 } |
            Should -Throw -ErrorId 'InvalidPeriod,*'
        { New-SalesAnalyticsExportJob 7001 CrmValidation @year } | Should -Throw
    }

    It 'sends nothing with -WhatIf' {
        New-SalesAnalyticsExportJob 7001, 7003 Activity, Seat @year -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'continues with jobs of both kinds from a file that has no links' {
        $jobs = @(
            New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-31
            New-CrmValidationExportJob (Get-CrmInstance) -ExportStartAt 2025-01-01
        )
        $jobs | Wait-ExportJob -PollInterval $soon | Export-Clixml -Path "$TestDrive/jobs.xml"
        Get-Content -Raw -Path "$TestDrive/jobs.xml" | Should -Not -Match 'ambry'
        $back = Import-Clixml -Path "$TestDrive/jobs.xml"
        $back.ForEach{ $_.GetType().Name } | Sort-Object | Should -Be 'CrmValidationExportJob', 'SalesAnalyticsExportJob'
        $sales = $back.Where{ $_ -is [LinkedInExports.SalesAnalyticsExportJob] }[0]
        $sales.ExportType | Should -Be Activity
        $sales.RowCount | Should -Be (31 * 24)
        $sales.EndAt | Should -Be $jobs[0].EndAt
        @($back | Save-ExportFile -Destination $out).Count | Should -Be 4
    }

    It 'is returned by its id, with or without its type' {
        $job = New-SalesAnalyticsExportJob 7001 Seat -StartAt 2025-01-01 -EndAt 2025-01-31 | Wait-ExportJob -PollInterval $soon
        $found = Get-SalesAnalyticsExportJob $job.JobId 7001
        $found.ExportType | Should -BeNullOrEmpty
        $found.RowCount | Should -Be $job.RowCount
        [System.IO.Path]::GetFileName(($found | Save-ExportFile -Destination $out).Path) |
            Should -Be "analytics-$($job.JobId).csv"
        (Get-SalesAnalyticsExportJob $job.JobId 7001 -ExportType Seat | Save-ExportFile -Destination $out).ExportType |
            Should -Be Seat
        ($job | Get-SalesAnalyticsExportJob).ExportType | Should -Be Seat
    }

    It 'splits a job when LinkedIn rejects it as too large' {
        $small = Start-Emulator -Option @{ 'oversized-beyond' = 40 }
        try {
            Connect-Emulator $small
            $files = New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-03-31 |
                Wait-ExportJob -PollInterval $soon -SplitOversized -WarningAction SilentlyContinue |
                Save-ExportFile -Destination $out
            @($files).Count | Should -Be 4
            @($files | Import-ExportFile | Select-Object -ExpandProperty ActivityId -Unique).Count | Should -Be (90 * 24)
        }
        finally {
            Stop-Emulator $small
            Connect-Emulator $emulator
        }
    }

    It 'outputs each activity once with -UniqueActivity when exports overlap' {
        $files = foreach ($end in '2025-01-03', '2025-01-04') {
            New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt $end | Wait-ExportJob -PollInterval $soon |
                Save-ExportFile -Destination $out
        }
        @($files | Import-ExportFile).Count | Should -Be (7 * 24)
        @($files | Import-ExportFile -UniqueActivity).Count | Should -Be (4 * 24)
    }

    It 'outputs records with typed properties, and with the names of the file' {
        $files = New-SalesAnalyticsExportJob 7001 Activity, Seat, ActivityOutcome -StartAt 2025-01-01 -EndAt 2025-01-02 |
            Wait-ExportJob -PollInterval $soon | Save-ExportFile -Destination $out
        $records = $files | Import-ExportFile
        $activity = $records.Where{ $_ -is [LinkedInExports.SalesActivityRecord] }[0]
        $activity.CreatedAt | Should -BeOfType [System.DateTimeOffset]
        $activity.SeatId | Should -BeOfType [long]
        $seat = $records.Where{ $_ -is [LinkedInExports.SeatRecord] }[0]
        $source = '"JobId","Contract","CrmInstanceId","FilePath","RowNumber"'
        ($seat | ConvertTo-Csv)[0] |
            Should -Be ('"seatId","seatHolderName","seatStatus","date","socialSellingIndex","totalConnections",' + $source)
        $seat.seatHolderName | Should -Not -BeNullOrEmpty
        $outcome = $records.Where{ $_ -is [LinkedInExports.ActivityOutcomeRecord] }[0]
        ($outcome | ConvertTo-Csv)[0] | Should -Be ('"ActivityId","ActivityType","outcomeAt",' + $source)
        $seat.PSObject.TypeNames[0] | Should -Be 'LinkedInExports.SeatRecord'
        $sixth = $records.Where{ $_ -is [LinkedInExports.SalesActivityRecord] }[5]
        foreach ($culture in 'de-DE', 'tr-TR', 'ar-SA') {
            Invoke-NewSession -Script @"
                [cultureinfo]::CurrentCulture = '$culture'
                Import-Module '$manifest'
                `$activity = (Import-ExportFile '$out/activity-*.csv')[5]
                `$activity.ActivityId, `$activity.CreatedAt.ToUnixTimeSeconds(), `$activity.SeatId
"@ | Should -Be $sixth.ActivityId, $sixth.CreatedAt.ToUnixTimeSeconds(), $sixth.SeatId
        }
    }

    It 'is displayed in 80 columns' {
        $jobs = New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-31
        $records = $jobs | Wait-ExportJob -PollInterval $soon | Save-ExportFile -Destination $out | Import-ExportFile |
            Select-Object -First 3
        foreach ($thing in $jobs, $records, (Get-SalesContract -ReportingOnly | Select-Object -Last 1)) {
            $text = $thing | Out-String -Width 80
            $text | Should -Not -Match '…'
        }
    }
}
