BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-Module -Name (Get-ManifestPath)
    $header = 'crmId,crmRecordType,expiredAt,createdAt,Owner'
    $null = New-Item -ItemType Directory -Path "$TestDrive/march", "$TestDrive/april"
    "$header`na,CONTACT,1,2,Ana`nb,CONTACT,1,2,Ana" | Set-Content -Path "$TestDrive/march/part1.csv"
    "$header`nc,LEAD,1,2,Ben" | Set-Content -Path "$TestDrive/march/part2.csv"
    "$header`nb,CONTACT,1,2,Ben`nd,CONTACT,5,6,Ana`na,CONTACT,1,2,Ana" | Set-Content -Path "$TestDrive/april/all.csv"
}

Describe 'Compare-ExportFile' {
    It 'outputs added, removed and changed records of all parts' {
        $differences = Compare-ExportFile "$TestDrive/march/*.csv" "$TestDrive/april/*.csv"
        $differences.Change | Should -Be Changed, Removed, Added
        $differences.Key | Should -Be 'b CONTACT', 'c LEAD', 'd CONTACT'
        $differences[0].ChangedColumns | Should -Be Owner
        $differences[0].Reference.Owner | Should -Be Ana
        $differences[0].Difference.Owner | Should -Be Ben
        $differences[1].Reference | Should -BeOfType [LinkedInExports.CrmValidationRecord]
        $differences[1].Difference | Should -BeNullOrEmpty
        $differences[2].Difference.ExpiredAt | Should -Be ([datetimeoffset]::FromUnixTimeMilliseconds(5))
    }

    It 'accepts files from the pipeline and is displayed as a table' {
        $text = Get-ChildItem -Path "$TestDrive/april" | Compare-ExportFile -ReferencePath "$TestDrive/march/part?.csv" |
            Out-String
        $text | Should -Match '(?m)^Changed b CONTACT\s+Owner\s*$'
        Compare-ExportFile "$TestDrive/march/*" "$TestDrive/april/all.csv" | ConvertTo-Json -Depth 2 -WarningVariable warnings |
            Should -Not -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'throws when a file is missing' {
        { Compare-ExportFile "$TestDrive/march/part1.csv", "$TestDrive/march/no.csv" "$TestDrive/april/all.csv" } |
            Should -Throw -ErrorId 'InvalidPath,*'
        { Compare-ExportFile "$TestDrive/march/*.csv" "$TestDrive/may/*.csv" } | Should -Throw -ErrorId 'InvalidPath,*'
    }

    It 'reports an error when the files have different types' {
        $outcome = "$TestDrive/outcome.csv"
        "activityId,activityType`n1,X" | Set-Content -Path $outcome
        Compare-ExportFile "$TestDrive/march/part1.csv" $outcome -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'ExportTypeMismatch,LinkedInExports.Commands.CompareExportFileCommand'
        $problems.ErrorDetails.RecommendedAction | Should -Match '-ExportType'
    }

    It 'warns of duplicate keys, and accepts other key columns' {
        $seat = "$TestDrive/seat.csv"
        "seatId,date,score`n1,2025-01-01,5`n1,2025-01-02,6" | Set-Content -Path $seat
        $null = Compare-ExportFile $seat $seat -ExportType Seat -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 2
        $warnings[0] | Should -Match '1 rows have the same seatId'
        $null = Compare-ExportFile "$TestDrive/seat.csv" "$TestDrive/seat.csv" -ExportType Seat -KeyColumn seatId,
            date -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'adds nothing to $Error when Select-Object -First 1 stops it' {
        $Error.Clear()
        @(Compare-ExportFile "$TestDrive/march/*.csv" "$TestDrive/april/*.csv" | Select-Object -First 1).Count | Should -Be 1
        $Error.Count | Should -Be 0
    }

    It 'stops promptly' {
        "crmId,crmRecordType,expiredAt,createdAt`n" + (-join (1..100000).ForEach{ "$_,LEAD,1,2`n" }) |
            Set-Content -Path "$TestDrive/large.csv"
        $state = [initialsessionstate]::CreateDefault()
        $state.ImportPSModule((Get-ManifestPath))
        $shell = [powershell]::Create($state)
        try {
            $large = "$TestDrive/large.csv"
            $running = $shell.AddScript("while (`$true) { Compare-ExportFile '$large' '$large' }").BeginInvoke()
            Start-Sleep -Milliseconds 700
            $running.IsCompleted | Should -BeFalse -Because 'it has to be at work when it is stopped'
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            $shell.Streams.Error.Count | Should -Be 0
        }
        finally {
            $shell.Dispose()
        }
    }
}
