# Also for Windows PowerShell, in whose syntax it is.
#Requires -Version 5.1
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $where = @{ Contract = 123456; IntegrationContext = 1234567890 }
    $silent = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
}

Describe 'Candidate resumes' {
    BeforeAll {
        $emulator = Start-Emulator
        Connect-Emulator $emulator
        $files = New-ResumeFile -Folder "$TestDrive/few" -Count 6
        function New-Candidate([string] $Id, [object] $File, $CreatedAt = '2025-01-31') {
            [pscustomobject]@{ CandidateId = $Id; ResumeId = "R-$Id"; CreatedAt = $CreatedAt; Path = "$File" }
        }
    }

    AfterAll { Stop-Emulator $emulator }

    BeforeEach { Clear-Emulator $emulator }

    It 'outputs a result for each record, and an error for each invalid record' {
        $docx = New-Item -Path "$TestDrive/few/new.docx" -Value 'PK'
        $results = @(
            New-Candidate '' $files[0]
            New-Candidate seconds $files[0] 1670935153
            New-Candidate guess $files[0] '03/04/2025'
            New-Candidate docx $docx
            New-Candidate missing "$TestDrive/few/none.pdf"
            New-Candidate twice $files[0]
            New-Candidate twice $files[1]
            New-Candidate good $files[2] ([datetime]::new(2025, 1, 31, 0, 0, 0, [System.DateTimeKind]::Utc))
        ) | Sync-CandidateResume @where -ErrorVariable problems -WarningVariable warnings @silent

        $results.Count | Should -Be 8
        ($results | Where-Object Outcome -EQ Synced).CandidateId | Sort-Object | Should -Be good, twice
        ($results | Where-Object Outcome -EQ Rejected).CandidateId | Sort-Object |
            Should -Be '', docx, guess, missing, seconds, twice
        $ids = $problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } |
            ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object
        $ids | Should -Be InvalidPath, InvalidResumeRecord, InvalidResumeRecord, InvalidResumeRecord, UnsupportedResumeFile
        ($results | Where-Object CandidateId -EQ seconds).Reason | Should -Match 'multiply it by 1000'
        ($results | Where-Object CandidateId -EQ docx).Reason | Should -Match 'save it as PDF'
        $reasons = $results | Where-Object Outcome -EQ Rejected | Group-Object -Property ReasonId -NoElement
        $reasons | Sort-Object -Property Name | ForEach-Object { "$($_.Count) $($_.Name)" } |
            Should -Be '2 InvalidDate', '1 InvalidId', '1 Missing', '1 Superseded', '1 WrongType'
        ($results | Where-Object ReasonId -EQ WrongType).Path | Should -Be $docx.FullName
        "$problems" | Should -Match "Candidate 'missing' \(resume 'R-missing'\): .*none\.pdf' does not exist"
        $warnings | Should -Match '1 duplicate record was skipped'
        Assert-SameResume -Emulator $emulator -Expected (New-Candidate twice $files[1]), (New-Candidate good $files[2]) -Once
    }

    It 'rejects only the record whose path cannot be resolved' {
        $provider = Get-PSProvider -PSProvider FileSystem
        $folder = $provider.Home
        try {
            $provider.Home = ''
            $results = @((New-Candidate home '~/x.pdf'), (New-Candidate good $files[2])) | Sync-CandidateResume @where @silent
        }
        finally { $provider.Home = $folder }
        ($results | Where-Object CandidateId -EQ home).Outcome | Should -Be Rejected
        ($results | Where-Object CandidateId -EQ good).Outcome | Should -Be Synced
    }

    It 'accepts LinkedIn''s names of columns, and files that are already uploaded' {
        $uploaded = Get-ChildItem -Path "$TestDrive/few" -Filter *.txt | Send-CandidateResume -Contract urn:li:contract:123456
        $uploaded.Count | Should -Be 2
        $uploaded[0].ContentType | Should -Be text/plain
        $uploaded[0].ResumeFile | Should -Match '^urn:li:ambryBlob:/.+\.txt$'
        $result = [pscustomobject]@{
            TcrmCandidateId = 'T1'
            TcrmResumeId    = 'TR1'
            TcrmCreatedAt   = 1738281600000
            ResumeFile      = $uploaded[0].ResumeFile
        } | Sync-CandidateResume -IntegrationContext urn:li:organization:1234567890
        $result.Outcome, $result.StatusCode | Should -Be Synced, 204
    }

    It 'are removed with -Force, and are unchanged when they do not exist' {
        $null = New-Candidate gone $files[0] | Sync-CandidateResume @where -LedgerPath "$TestDrive/remove"
        $gone = @{ CandidateId = 'gone'; ResumeId = 'R-gone'; IntegrationContext = 1234567890; Force = $true }
        (Remove-CandidateResume @gone -LedgerPath "$TestDrive/remove").Outcome | Should -Be Removed
        $again = Remove-CandidateResume @gone
        $again.Outcome, $again.StatusCode | Should -Be Unchanged, 404
        Remove-CandidateResume @gone -WhatIf | Should -BeNullOrEmpty
        (New-Candidate gone $files[0] | Sync-CandidateResume @where -LedgerPath "$TestDrive/remove").Outcome |
            Should -Be Synced -Because 'the ledger knows that it was removed'
    }

    It 'are listed with Get-CandidateResumeSync -Result and in a report' {
        $null = New-Candidate told $files[0] | Sync-CandidateResume @where -LedgerPath "$TestDrive/told"
        $null = (New-Candidate told $files[0]), (New-Candidate untold "$TestDrive/few/none.pdf"), (New-Candidate away $files[1]) |
            Sync-CandidateResume @where -LedgerPath "$TestDrive/told" -ErrorAction SilentlyContinue
        $away = @{ CandidateId = 'away'; ResumeId = 'R-away'; IntegrationContext = 1234567890; Force = $true }
        $null = Remove-CandidateResume @away -LedgerPath "$TestDrive/told"
        $results = Get-CandidateResumeSync -LedgerPath "$TestDrive/told" -Result
        $results | Sort-Object -Property CandidateId | ForEach-Object { "$($_.CandidateId) $($_.Outcome)" } |
            Should -Be 'told Synced', 'untold Rejected'
        ($results | Where-Object CandidateId -EQ untold).Reason | Should -Match 'does not exist'
        ($results | Where-Object ReasonId -EQ Missing).CandidateId | Should -Be untold
        $results.CompletedAt | Should -Not -Contain $null

        $report = New-ExportReport -LedgerPath "$TestDrive/told" -OutputPath "$TestDrive/told.html"
        Get-Content -LiteralPath $report.FullName -Raw | Should -Match '"untold"'
    }

    It 'are pending with the time of the next run when the quota of the day is used up' {
        # Without the requests of the other tests.
        $data = $env:LINKEDINEXPORTS_DATA
        $env:LINKEDINEXPORTS_DATA = "$TestDrive/quota-data"
        try {
            Connect-Emulator $emulator @{ RequestsPerDay = 6 }
            $results = 1..5 | ForEach-Object { New-Candidate "quota$_" $files[$_] } |
                Sync-CandidateResume @where -LedgerPath "$TestDrive/quota" -WarningVariable warnings @silent
            ($results | Where-Object Outcome -EQ Synced).Count | Should -BeGreaterThan 0
            ($results | Where-Object Outcome -EQ Pending).Count | Should -BeGreaterThan 0
            ($results | Where-Object Outcome -EQ Pending)[0].Reason | Should -Match '00:00 UTC'
            "$warnings" | Should -Match 'run the command again'
            $status = Get-CandidateResumeSync -LedgerPath "$TestDrive/quota"
            $status.Synced + $status.Pending | Should -Be 5
            $status.RequestsToday | Should -BeLessOrEqual 6
            $status.NextRunAt |
                Should -Be ([System.DateTimeOffset]::new([System.DateTime]::UtcNow.Date.AddDays(1), [timespan]::Zero))
        }
        finally {
            $env:LINKEDINEXPORTS_DATA = $data
            Connect-Emulator $emulator
        }
    }

    It 'are synchronized with protocol 2.0.0' {
        Connect-Emulator $emulator @{ RestLiProtocolVersion = '2.0.0' }
        try {
            (New-Candidate 'two (2), ''quoted''' $files[0] | Sync-CandidateResume @where).Outcome | Should -Be Synced
            (Get-EmulatorRequest $emulator)[-1].rawTarget | Should -Match 'ids=List\(\(dataProvider:PARTNER,'
        }
        finally {
            Connect-Emulator $emulator
        }
    }

    It 'are not synchronized when another process has the ledger' {
        $lock = [System.IO.File]::Open((New-Item -Path "$TestDrive/busy/resume-sync.lock" -Force).FullName, 'Open', 'ReadWrite',
            'None')
        try {
            { New-Candidate x $files[0] | Sync-CandidateResume @where -LedgerPath "$TestDrive/busy" } |
                Should -Throw -ErrorId 'LedgerInUse,*'
        }
        finally {
            $lock.Dispose()
        }
    }
}

Describe 'Sync-CandidateResume' {
    BeforeAll {
        $emulator = Start-Emulator
        Connect-Emulator $emulator
        $files = New-ResumeFile -Folder "$TestDrive/options" -Count 3
        function New-Candidate([string] $Id, [object] $File) {
            [pscustomobject]@{ CandidateId = $Id; ResumeId = "R-$Id"; CreatedAt = '2025-01-31'; Path = "$File" }
        }
    }

    AfterAll { Stop-Emulator $emulator }

    BeforeEach { Clear-Emulator $emulator }

    It 'displays the whole plan with -WhatIf and -ErrorAction Stop when files cannot be sent' {
        $script = @"
            Import-Module '$manifest'
            `$ErrorActionPreference = 'Stop'
            [pscustomobject]@{ CandidateId = 'good'; ResumeId = 'R'; CreatedAt = '2025-01-31'; Path = '$($files[0])' },
            [pscustomobject]@{ CandidateId = 'bad'; ResumeId = 'R'; CreatedAt = '2025-01-31'; Path = '$TestDrive/none.pdf' },
            [pscustomobject]@{ CandidateId = 'worse'; ResumeId = 'R'; CreatedAt = 'soon'; Path = '$($files[0])' } |
                Sync-CandidateResume -Contract 1 -IntegrationContext 2 -WhatIf
            "errors: `$(`$Error.Count)"
"@
        $text = (Invoke-NewShell -Emulator $emulator -Script $script) -join "`n"
        $text | Should -Match 'Sync 1 records of 3: upload 1 files'
        $text | Should -Match 'none\.pdf.* does not exist'
        $text | Should -Match "candidate 'worse' .*was not sent: CreatedAt is ambiguous or not a time"
        $text | Should -Match 'errors: 0'
    }

    It 'outputs the plan of each record with -PlanOnly, and sends nothing' {
        $ledger = "$TestDrive/plan"
        $null = New-Candidate known $files[0] | Sync-CandidateResume @where -LedgerPath $ledger
        Clear-Emulator $emulator
        $plan = (New-Candidate known $files[0]), (New-Candidate new $files[1]), (New-Candidate missing "$TestDrive/none.pdf") |
            Sync-CandidateResume @where -LedgerPath $ledger -PlanOnly -ErrorAction Stop | Sort-Object -Property CandidateId
        $plan | ForEach-Object { "$($_.CandidateId) $($_.Action) $($_.ReasonId)".Trim() } |
            Should -Be 'known None', 'missing Reject Missing', 'new Upload'
        $plan[2].Path | Should -Be "$($files[1])"
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
        (Get-CandidateResumeSync -LedgerPath $ledger).InputCount | Should -Be 1
    }

    It 'accepts -RetainFor <Value>' -ForEach @(
        @{ Value = [timespan]::FromHours(72); Sent = '"duration":72,"unit":"HOUR"' }
        @{ Value = '3.00:00:00'; Sent = '"duration":72,"unit":"HOUR"' }
        @{ Value = 90; Sent = '"duration":90,"unit":"SECOND"' }
        @{ Value = '120'; Sent = '"duration":2,"unit":"MINUTE"' }
        @{ Value = '6 months'; Sent = '"duration":6,"unit":"MONTH"' }
        @{ Value = '1 year'; Sent = '"duration":1,"unit":"YEAR"' }
        @{ Value = '2 WEEKS'; Sent = '"duration":2,"unit":"WEEK"' }
    ) {
        (New-Candidate "kept $Value" $files[0] | Sync-CandidateResume @where -RetainFor $Value).Outcome | Should -Be Synced
        $link = Get-EmulatorRequest $emulator | Where-Object rawTarget -Like '/v2/hireMediaUrl*'
        $link.body | Should -BeLike "*$Sent*"
    }

    It 'rejects -RetainFor <Value>' -ForEach @(@{ Value = 0 }, @{ Value = '6 moons' }, @{ Value = 'for ever' },
        @{ Value = [timespan]::Zero }) {
        { New-Candidate x $files[0] | Sync-CandidateResume @where -RetainFor $Value } |
            Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'sends all records again with -Resend All' {
        $ledger = "$TestDrive/resend"
        $null = New-Candidate again $files[0] | Sync-CandidateResume @where -LedgerPath $ledger
        (New-Candidate again $files[0] | Sync-CandidateResume @where -LedgerPath $ledger).Outcome | Should -Be Unchanged
        (New-Candidate again $files[0] | Sync-CandidateResume @where -LedgerPath $ledger -Resend Expired).Outcome |
            Should -Be Unchanged
        (New-Candidate again $files[0] | Sync-CandidateResume @where -LedgerPath $ledger -Resend All).Outcome | Should -Be Synced
    }

    It 'tunnels a single record with -QueryTunneling Always, and retries once without tunneling with Auto' {
        $null = New-Candidate tunnel $files[0] | Sync-CandidateResume @where -QueryTunneling Always
        (Get-EmulatorRequest $emulator)[-1].method | Should -Be POST

        Clear-Emulator $emulator
        Add-EmulatorFault $emulator @{
            kind       = 'status'
            statusCode = 405
            method     = 'POST'
            pathPrefix = '/v2/tcrmCandidateResumes'
            times      = -1
        }
        $results = 1..150 | ForEach-Object { New-Candidate "fallback $_" $files[0] } |
            Sync-CandidateResume @where -WarningVariable warnings -WarningAction SilentlyContinue
        ($results | Group-Object -Property Outcome).Name | Should -Be Synced
        @($warnings -match 'rejected a tunneled query with status 405').Count | Should -Be 1
        @(Get-EmulatorRequest $emulator |
            Where-Object { $_.rawTarget -like '*tcrmCandidateResumes*' -and $_.method -eq 'POST' }).Count | Should -Be 1
    }

    It 'rejects a URN of another type as -Contract' {
        { New-Candidate x $files[0] | Sync-CandidateResume -IntegrationContext 1 -Contract urn:li:organization:1 } |
            Should -Throw -ErrorId 'InvalidContract,*'
        { Send-CandidateResume -LiteralPath $files[0].FullName -Contract urn:li:organization:1 } |
            Should -Throw -ErrorId 'InvalidContract,*'
    }

    It 'rejects a named pipe as a resume without waiting for it' -Skip:($IsWindows -ne $false) {
        & mkfifo "$TestDrive/pipe.txt"
        (New-Candidate pipe "$TestDrive/pipe.txt" | Sync-CandidateResume @where -ErrorAction SilentlyContinue).Outcome |
            Should -Be Rejected
    }
}
