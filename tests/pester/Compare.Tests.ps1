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
    It 'finds what was added, is gone and has changed, over all parts' {
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

    It 'takes the difference from the pipeline and shows a table' {
        $text = Get-ChildItem -Path "$TestDrive/april" | Compare-ExportFile -ReferencePath "$TestDrive/march/part?.csv" | Out-String
        $text | Should -Match '(?m)^Changed b CONTACT\s+Owner\s*$'
        Compare-ExportFile "$TestDrive/march/*" "$TestDrive/april/all.csv" | ConvertTo-Json -Depth 2 -WarningVariable warnings | Should -Not -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
    }

    It 'compares nothing when a file is missing' {
        { Compare-ExportFile "$TestDrive/march/part1.csv", "$TestDrive/march/no.csv" "$TestDrive/april/all.csv" } | Should -Throw -ErrorId 'InvalidPath,*'
        { Compare-ExportFile "$TestDrive/march/*.csv" "$TestDrive/may/*.csv" } | Should -Throw -ErrorId 'InvalidPath,*'
    }

    It 'reports files of different kinds' {
        "activityId,activityType`n1,X" | Set-Content -Path "$TestDrive/outcome.csv"
        Compare-ExportFile "$TestDrive/march/part1.csv" "$TestDrive/outcome.csv" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'ExportTypeMismatch,LinkedInExports.Commands.CompareExportFileCommand'
        $problems.ErrorDetails.RecommendedAction | Should -Match '-ExportType'
    }

    It 'says when keys are there twice, and takes another key' {
        "seatId,date,score`n1,2025-01-01,5`n1,2025-01-02,6" | Set-Content -Path "$TestDrive/seat.csv"
        $null = Compare-ExportFile "$TestDrive/seat.csv" "$TestDrive/seat.csv" -ExportType Seat -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 2
        $warnings[0] | Should -Match '1 rows have the same seatId'
        $null = Compare-ExportFile "$TestDrive/seat.csv" "$TestDrive/seat.csv" -ExportType Seat -KeyColumn seatId, date -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'stops with the first object when nobody wants more, and leaves nothing behind' {
        $Error.Clear()
        @(Compare-ExportFile "$TestDrive/march/*.csv" "$TestDrive/april/*.csv" | Select-Object -First 1).Count | Should -Be 1
        $Error.Count | Should -Be 0
    }

    It 'returns within a second when it is stopped' {
        "crmId,crmRecordType,expiredAt,createdAt`n" + (-join (1..100000).ForEach{ "$_,LEAD,1,2`n" }) | Set-Content -Path "$TestDrive/large.csv"
        $state = [initialsessionstate]::CreateDefault()
        $state.ImportPSModule((Get-ManifestPath))
        $shell = [powershell]::Create($state)
        try {
            $running = $shell.AddScript("while (`$true) { Compare-ExportFile '$TestDrive/large.csv' '$TestDrive/large.csv' }").BeginInvoke()
            Start-Sleep -Milliseconds 700
            $running.IsCompleted | Should -BeFalse -Because 'it has to be at work when it is stopped'
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.ElapsedMilliseconds | Should -BeLessThan 1000
            $shell.Streams.Error.Count | Should -Be 0
        }
        finally {
            $shell.Dispose()
        }
    }
}
