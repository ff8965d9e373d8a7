BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $folder = Join-Path -Path (Split-Path -Path $manifest) -ChildPath 'module/runbooks'
    . "$PSScriptRoot/RunbookFunctions.ps1"
}

Describe 'Sync-Resumes -RemoveMissing' {
    BeforeAll { $emulator = Start-Emulator }

    AfterAll { Stop-Emulator $emulator }

    It 'removes records that are missing from the CSV file, up to a limit' {
        $candidates = New-CandidateCsv "$TestDrive/gone/candidates.csv" 20
        $log = "$TestDrive/gone/events.jsonl"
        $sync = '-CsvPath', "$TestDrive/gone/candidates.csv", '-Contract', '1', '-IntegrationContext', '3',
            '-LedgerPath', "$TestDrive/gone/ledger", '-EventLogPath', $log
        $all = Invoke-Runbook Sync-Resumes ($sync + '-RemoveMissing')
        $all.ExitCode | Should -Be 0 -Because $all.Text

        $csv = Get-Content -Path "$TestDrive/gone/candidates.csv"
        Set-Content -Path "$TestDrive/gone/candidates.csv" -Value $csv[0..15]
        $tooMany = Invoke-Runbook Sync-Resumes ($sync + '-RemoveMissing')
        $tooMany.ExitCode | Should -Be 1
        $tooMany.Text | Should -Match 'of 20 records in the ledger 5 are missing'
        $removed = Invoke-Runbook Sync-Resumes ($sync + '-RemoveMissing', '-MaxRemovals', '25%')
        $removed.ExitCode | Should -Be 0 -Because $removed.Text
        (Get-Event $log | Where-Object event -EQ ResumesSynced)[-1].removed | Should -Be 5

        Set-Content -Path "$TestDrive/gone/candidates.csv" -Value $csv[0]
        $empty = Invoke-Runbook Sync-Resumes ($sync + '-RemoveMissing', '-MaxRemovals', '100%')
        $empty.ExitCode | Should -Be 1
        $empty.Text | Should -Match 'the input is empty, and the ledger has 15 records'
        (Get-CandidateResumeSync -LedgerPath "$TestDrive/gone/ledger").InSync | Should -Be 15
        (Get-Event $log | Where-Object event -EQ Error).id | Should -Be RemovalLimitExceeded, RemovalInputIncomplete
    }

    It 'removes nothing in any part when the id of a candidate is <Name>' -ForEach @(
        @{ Name = 'empty'; Column = 'CandidateId'; Id = '' } # With an empty column that is not used.
        @{ Name = 'not valid'; Column = 'TcrmCandidateId'; Id = "C`t1" }
    ) {
        $csv = "$TestDrive/parts $Name/candidates.csv"
        $rows = New-CandidateCsv $csv 20 | Select-Object -Property @{ Name = $Column; Expression = 'CandidateId' },
            ResumeId, CreatedAt, Path
        if ($Column -eq 'CandidateId') { $rows | Add-Member -NotePropertyName TcrmCandidateId -NotePropertyValue '' }
        $rows | Export-Csv -LiteralPath $csv -NoTypeInformation
        $log = "$TestDrive/parts $Name/events.jsonl"
        $sync = '-CsvPath', $csv, '-Contract', '1', '-IntegrationContext', '4', '-LedgerPath', "$TestDrive/parts $Name/ledger",
            '-PartCount', '2', '-RemoveMissing', '-MaxRemovals', '50%', '-EventLogPath', $log
        foreach ($part in '0', '1') { (Invoke-Runbook Sync-Resumes ($sync + '-PartIndex', $part)).ExitCode | Should -Be 0 }
        $synced = 0..1 | ForEach-Object { Get-CandidateResumeSync -LedgerPath "$TestDrive/parts $Name/ledger/part-$_-of-2" }
        ($synced | Measure-Object -Property InSync -Sum).Sum | Should -Be 20

        # The candidate and the row with the invalid id belong to different parts. The other part also has a missing candidate.
        Import-Module -Name "$folder/RunbookSupport.psm1"
        $hashed = Get-CandidatePart -CandidateId $Id -PartCount 2
        $same, $other = $rows.Where({ (Get-CandidatePart -CandidateId $_.$Column -PartCount 2) -eq $hashed }, 'Split')
        Remove-Module -Name RunbookSupport
        $other[0].$Column = $Id
        $rows | Where-Object { $_ -ne $same[0] } | Export-Csv -LiteralPath $csv -NoTypeInformation
        Clear-Emulator $emulator
        foreach ($part in '0', '1') {
            $result = Invoke-Runbook Sync-Resumes ($sync + '-PartIndex', $part)
            $result.ExitCode | Should -Be 1 -Because $result.Text
        }
        (Get-EmulatorRequest $emulator).method | Should -Not -Contain DELETE
        $events = Get-Event $log
        $events.Where({ $_.event -eq 'Error' -and $_.id -eq 'RemovalInputIncomplete' }) | Should -HaveCount 2
        $events.Where({ $_.event -eq 'ResumesSynced' })[2, 3].rejected | Should -Be 1, 1
    }
}
