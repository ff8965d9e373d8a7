BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $where = @{ Contract = 123456; IntegrationContext = 1234567890 }
    $silent = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
}

Describe 'Sync-CandidateResume -RemoveMissing' {
    BeforeAll {
        $emulator = Start-Emulator
        Connect-Emulator $emulator
        $files = New-ResumeFile -Folder "$TestDrive/missing" -Count 20
        $candidates = 1..1000 | ForEach-Object -Process {
            [pscustomobject]@{ CandidateId = "M$_"; ResumeId = "R$_"; CreatedAt = '2025-01-31'; Path = $files[$_ % 20].FullName }
        }
        $csv = "$TestDrive/missing.csv"
        $candidates | Export-Csv -Path $csv -NoTypeInformation
        $ledger = @{ LedgerPath = "$TestDrive/missing-ledger" }
        $null = Import-Csv -Path $csv | Sync-CandidateResume @where @ledger
        $gone = ($candidates | Select-Object -Skip 100 -First 30).CandidateId
        $candidates | Where-Object CandidateId -NotIn $gone | Export-Csv -Path $csv -NoTypeInformation
        function Get-ResumeAtLinkedIn { (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/resumes").elements.candidateId }
    }

    AfterAll { Stop-Emulator $emulator }

    BeforeEach { Clear-Emulator $emulator }

    It 'lists the records to remove with -WhatIf and sends nothing' {
        $text = (Invoke-NewShell -Emulator $emulator -Script @"
            Import-Module '$manifest'
            `$ledger = @{ LedgerPath = '$($ledger.LedgerPath)' }
            Import-Csv '$csv' |
                Sync-CandidateResume -Contract 123456 -IntegrationContext 1234567890 @ledger -RemoveMissing -WhatIf
"@) -join "`n"
        $text | Should -Match 'to be removed at LinkedIn: 30\.'
        [regex]::Matches($text, "Remove the resume at LinkedIn.*candidate '(M\d+)', resume 'R\d+'").ForEach{
            $_.Groups[1].Value
        } | Sort-Object | Should -Be ($gone | Sort-Object)
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'removes nothing when more records are missing than -MaxRemovals allows' {
        $results = Import-Csv -Path $csv |
            Sync-CandidateResume @where @ledger -RemoveMissing -MaxRemovals 2% -ErrorVariable problem @silent
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RemovalLimitExceeded,*'
        "$($problem[0])" | Should -BeLike '*of 1000 records in the ledger 30 are missing*no more than 2%*'
        ($results | Group-Object -Property Outcome).Name | Should -Be Unchanged
        $problem = $null
        $null = Import-Csv -Path $csv |
            Sync-CandidateResume @where @ledger -RemoveMissing -MaxRemovals 29 -ErrorVariable problem @silent
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RemovalLimitExceeded,*'
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'removes nothing when <Name>' -ForEach @(
        @{ Name = 'a record has no CreatedAt'; Change = { $_ | Select-Object -Property CandidateId, ResumeId, Path } }
        @{ Name = 'a record has no id'; Change = { $_ | Select-Object -Property ResumeId, CreatedAt, Path } }
        @{ Name = 'an id is a list'; Change = { $_.CandidateId = @($_.CandidateId, 'x'); $_ } }
        @{ Name = 'an object is no record'; Change = { [pscustomobject]@{ Error = 'unavailable' } } }
    ) {
        $all = @($candidates | ForEach-Object { $_.PSObject.Copy() })
        $all[7] = $all[7] | ForEach-Object -Process $Change
        $results = $all | Sync-CandidateResume @where @ledger -RemoveMissing -ErrorVariable problem @silent
        @($results | Where-Object Outcome -EQ Removed).Count | Should -Be 0
        @($results | Where-Object Outcome -EQ Rejected).Count | Should -Be 1
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'removes the records that are missing from the input' {
        $results = Import-Csv -Path $csv | Sync-CandidateResume @where @ledger -RemoveMissing
        ($results | Where-Object Outcome -EQ Removed).CandidateId | Sort-Object | Should -Be ($gone | Sort-Object)
        @($results | Where-Object Outcome -EQ Unchanged).Count | Should -Be 970
        Get-ResumeAtLinkedIn | Where-Object { $_ -in $gone } | Should -BeNullOrEmpty
        $status = Get-CandidateResumeSync @ledger
        $status.Removed, $status.InSync, $status.InputCount | Should -Be 30, 970, 970
    }

    It 'removes nothing and reports an error when the CSV file is empty' {
        Set-Content -LiteralPath $csv -Value '"CandidateId","ResumeId","CreatedAt","Path"'
        $results = Import-Csv -Path $csv |
            Sync-CandidateResume @where @ledger -RemoveMissing -ErrorVariable problem -ErrorAction SilentlyContinue
        $results | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RemovalInputIncomplete,*'
        "$($problem[0])" | Should -BeLike 'Nothing is removed: the input is empty, and the ledger has 970 records*'
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
        @(Get-ResumeAtLinkedIn).Count | Should -Be 970
    }

    It 'requires a ledger' {
        { $candidates[0] | Sync-CandidateResume @where -RemoveMissing } | Should -Throw -ErrorId 'LedgerPathMissing,*'
    }
}
