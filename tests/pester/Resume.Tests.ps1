BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $isProof = $env:LINKEDINEXPORTS_PROOF -eq 'full'
    $where = @{ Contract = 123456; IntegrationContext = 1234567890 }
}

Describe 'A sync of ten thousand candidates' {
    BeforeAll {
        $emulator = Start-Emulator -Option @{ 'logged-requests' = 10 }
        Connect-Emulator $emulator
        $files = New-ResumeFile -Folder "$TestDrive/files" -Count 300
        $csv = "$TestDrive/candidates.csv"
        1..10000 | ForEach-Object -Process {
            [pscustomobject]@{
                CandidateId = "candidate $_"
                ResumeId    = "R/$_ & more"
                CreatedAt   = [System.DateTimeOffset]::new(2024, 1, 1, 0, 0, 0, [timespan]::Zero).AddMinutes($_).ToString('o')
                Path        = $files[$_ % 300].FullName
            }
        } | Export-Csv -Path $csv -NoTypeInformation
    }

    AfterAll { Stop-Emulator $emulator }

    It 'shows with -WhatIf what it would do, and does nothing' {
        $plan = Invoke-NewShell -Emulator $emulator -Script @"
            Import-Module '$manifest'
            Import-Csv '$csv' | Sync-CandidateResume -Contract 123456 -IntegrationContext 1234567890 -LedgerPath '$TestDrive/ledger' -WhatIf
"@
        $text = $plan -join ' '
        $text | Should -Match '^What if: Sync 10,000 records of 10,000: upload 10,000 files'
        $text | Should -Match '20,100 requests'
        Test-Path -Path "$TestDrive/ledger" | Should -BeFalse
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'has every one at LinkedIn exactly once, with the right bytes, and no request too many' {
        $results = Import-Csv -Path $csv | Sync-CandidateResume @where -LedgerPath "$TestDrive/ledger"
        ($results | Group-Object -Property Outcome).Name | Should -Be 'Synced'
        $results.Count | Should -Be 10000
        Assert-SameResume -Emulator $emulator -Expected (Import-Csv -Path $csv) -Once

        $quota = Invoke-RestMethod -Uri "$($emulator.Url)/emulator/quota"
        $quota.use.refusedByQuota | Should -Be 0
        $quota.answers.PSObject.Properties.Name | Should -Be @('200', '201') -Because '414 and 429 would be listed'
        $quota.use.mostRecordsInOneMinute | Should -BeLessOrEqual 10000

        $status = Get-CandidateResumeSync -LedgerPath "$TestDrive/ledger"
        $status.InputCount, $status.Synced, $status.Pending, $status.InSync | Should -Be 10000, 10000, 0, 10000
        $status.RequestsToday | Should -Be 20100
    }

    It 'costs no request when nothing has changed' {
        $before = (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/quota").use.requestsToday
        $results = Import-Csv -Path $csv | Sync-CandidateResume @where -LedgerPath "$TestDrive/ledger"
        ($results | Group-Object -Property Outcome).Name | Should -Be 'Unchanged'
        (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/quota").use.requestsToday | Should -Be $before
        $status = Get-CandidateResumeSync -LedgerPath "$TestDrive/ledger"
        $status.InputCount, $status.Unchanged, $status.InSync | Should -Be 10000, 10000, 10000
    }
}

Describe 'Resumes' {
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

    It 'gives each record its own result, and each that is wrong its own error' {
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
        ) | Sync-CandidateResume @where -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue

        $results.Count | Should -Be 8
        ($results | Where-Object Outcome -EQ Synced).CandidateId | Sort-Object | Should -Be good, twice
        ($results | Where-Object Outcome -EQ Rejected).CandidateId | Sort-Object | Should -Be '', docx, guess, missing, seconds, twice
        $ids = $problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object
        $ids | Should -Be InvalidPath, InvalidResumeRecord, InvalidResumeRecord, InvalidResumeRecord, UnsupportedResumeFile
        ($results | Where-Object CandidateId -EQ seconds).Reason | Should -Match 'multiply it by 1000'
        ($results | Where-Object CandidateId -EQ docx).Reason | Should -Match 'save it as PDF'
        $warnings | Should -Match '1 duplicate record was skipped'
        Assert-SameResume -Emulator $emulator -Expected (New-Candidate twice $files[1]), (New-Candidate good $files[2]) -Once
    }

    It 'takes the columns under LinkedIn''s names, and files that are uploaded already' {
        $uploaded = Get-ChildItem -Path "$TestDrive/few" -Filter *.txt | Send-CandidateResume -Contract urn:li:contract:123456
        $uploaded.Count | Should -Be 2
        $uploaded[0].ContentType | Should -Be text/plain
        $uploaded[0].ResumeFile | Should -Match '^urn:li:ambryBlob:/.+\.txt$'
        $result = [pscustomobject]@{ TcrmCandidateId = 'T1'; TcrmResumeId = 'TR1'; TcrmCreatedAt = 1738281600000; ResumeFile = $uploaded[0].ResumeFile } |
            Sync-CandidateResume -IntegrationContext urn:li:organization:1234567890
        $result.Outcome, $result.StatusCode | Should -Be Synced, 204
    }

    It 'are removed with -Force alone, and one that is not there is gone already' {
        $null = New-Candidate gone $files[0] | Sync-CandidateResume @where -LedgerPath "$TestDrive/remove"
        (Remove-CandidateResume -CandidateId gone -ResumeId R-gone -IntegrationContext 1234567890 -LedgerPath "$TestDrive/remove" -Force).Outcome | Should -Be Removed
        $again = Remove-CandidateResume -CandidateId gone -ResumeId R-gone -IntegrationContext 1234567890 -Force
        $again.Outcome, $again.StatusCode | Should -Be Unchanged, 404
        Remove-CandidateResume -CandidateId gone -ResumeId R-gone -IntegrationContext 1234567890 -Force -WhatIf | Should -BeNullOrEmpty
        (New-Candidate gone $files[0] | Sync-CandidateResume @where -LedgerPath "$TestDrive/remove").Outcome |
            Should -Be Synced -Because 'the ledger knows that it was removed'
    }

    It 'are told by the ledger one by one, and in a report' {
        $null = New-Candidate told $files[0] | Sync-CandidateResume @where -LedgerPath "$TestDrive/told"
        $null = (New-Candidate told $files[0]), (New-Candidate untold "$TestDrive/few/none.pdf"), (New-Candidate away $files[1]) |
            Sync-CandidateResume @where -LedgerPath "$TestDrive/told" -ErrorAction SilentlyContinue
        $null = Remove-CandidateResume -CandidateId away -ResumeId R-away -IntegrationContext 1234567890 -LedgerPath "$TestDrive/told" -Force
        $results = Get-CandidateResumeSync -LedgerPath "$TestDrive/told" -Result
        $results | Sort-Object -Property CandidateId | ForEach-Object { "$($_.CandidateId) $($_.Outcome)" } | Should -Be 'told Synced', 'untold Rejected'
        ($results | Where-Object CandidateId -EQ untold).Reason | Should -Match 'does not exist'
        $results.CompletedAt | Should -Not -Contain $null

        $report = New-ExportReport -LedgerPath "$TestDrive/told" -OutputPath "$TestDrive/told.html"
        Get-Content -LiteralPath $report.FullName -Raw | Should -Match '"untold"'
    }

    It 'leaves the rest pending at the end of the day''s budget, and says when to go on' {
        Connect-LinkedIn -AccessToken (ConvertTo-SecureString -String $emulator.Token -AsPlainText -Force) -BaseUri $emulator.BaseUri -RequestsPerDay 6
        try {
            $results = 1..5 | ForEach-Object { New-Candidate "quota$_" $files[$_] } |
                Sync-CandidateResume @where -LedgerPath "$TestDrive/quota" -WarningVariable warnings -WarningAction SilentlyContinue
            ($results | Where-Object Outcome -EQ Synced).Count | Should -BeGreaterThan 0
            ($results | Where-Object Outcome -EQ Pending).Count | Should -BeGreaterThan 0
            ($results | Where-Object Outcome -EQ Pending)[0].Reason | Should -Match '00:00 UTC'
            "$warnings" | Should -Match 'run the command again'
            $status = Get-CandidateResumeSync -LedgerPath "$TestDrive/quota"
            $status.Synced + $status.Pending | Should -Be 5
            $status.RequestsToday | Should -BeLessOrEqual 6
            $status.NextRunAt | Should -Be ([System.DateTimeOffset]::new([System.DateTime]::UtcNow.Date.AddDays(1), [timespan]::Zero))
        }
        finally {
            Connect-Emulator $emulator
        }
    }

    It 'are synced in protocol 2.0.0 as well' {
        Connect-LinkedIn -AccessToken (ConvertTo-SecureString -String $emulator.Token -AsPlainText -Force) -BaseUri $emulator.BaseUri -RestLiProtocolVersion 2.0.0
        try {
            (New-Candidate 'two (2), ''quoted''' $files[0] | Sync-CandidateResume @where).Outcome | Should -Be Synced
            (Get-EmulatorRequest $emulator)[-1].rawTarget | Should -Match 'ids=List\(\(dataProvider:PARTNER,'
        }
        finally {
            Connect-Emulator $emulator
        }
    }

    It 'has one writer to a ledger' {
        $lock = [System.IO.File]::Open((New-Item -Path "$TestDrive/busy/resume-sync.lock" -Force).FullName, 'Open', 'ReadWrite', 'None')
        try {
            { New-Candidate x $files[0] | Sync-CandidateResume @where -LedgerPath "$TestDrive/busy" } | Should -Throw -ErrorId 'LedgerInUse,*'
        }
        finally {
            $lock.Dispose()
        }
    }
}

Describe 'A sync that is killed again and again' {
    It 'ends with everything at LinkedIn, nothing lost and nothing doubled' {
        $kills = if ($isProof) { 50 } else { 8 }
        $candidates = if ($isProof) { 2000 } else { 400 }
        $seed = [System.Random]::new().Next()
        $random = [System.Random]::new($seed)
        $emulator = Start-Emulator -Option @{ latency = 0.03 }
        try {
            $files = New-ResumeFile -Folder "$TestDrive/killed" -Count 30
            $csv = "$TestDrive/killed.csv"
            1..$candidates | ForEach-Object {
                [pscustomobject]@{ CandidateId = "K$_"; ResumeId = "R$_"; CreatedAt = '2025-01-31T08:00:00Z'; Path = $files[$_ % 30].FullName }
            } | Export-Csv -Path $csv -NoTypeInformation
            $script = @"
                Import-Module '$manifest'
                `$candidates = Import-Csv '$csv'
                'ready'
                `$candidates | Sync-CandidateResume -Contract 1 -IntegrationContext 2 -LedgerPath '$TestDrive/killed-ledger' |
                    Group-Object Outcome | ForEach-Object { "`$(`$_.Name)=`$(`$_.Count)" }
"@
            $interrupted = 0
            foreach ($kill in 1..$kills) {
                $process = Start-NewShell -Emulator $emulator -Script $script
                do { $line = $process.StandardOutput.ReadLine() } until ($line -eq 'ready' -or $null -eq $line)
                if (-not $process.WaitForExit($random.Next(20, 500))) {
                    $process.Kill()
                    $process.WaitForExit()
                    $interrupted++
                }
                # A run that was killed before its first line has left an empty file, which is no ledger yet.
                if (Get-Item -Path "$TestDrive/killed-ledger/resume-sync.ledger" -ErrorAction Ignore | Where-Object Length -GT 0) {
                    $status = Get-CandidateResumeSync -LedgerPath "$TestDrive/killed-ledger"
                    $status.Synced + $status.Unchanged + $status.Failed + $status.Rejected + $status.Pending | Should -Be $status.InputCount
                }
            }

            $last = Invoke-NewShell -Emulator $emulator -Script $script
            $status = Get-CandidateResumeSync -LedgerPath "$TestDrive/killed-ledger"
            Write-Host "    $interrupted of $kills runs killed (seed $seed); the last one: $($last -join ' ')"
            $interrupted | Should -BeGreaterThan ($kills / 2)
            $status.InputCount, $status.InSync, $status.Pending, $status.Failed, $status.UploadedNotLinked | Should -Be $candidates, $candidates, 0, 0, 0
            Assert-SameResume -Emulator $emulator -Expected (Import-Csv -Path $csv)
            (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/quota").use.refusedByQuota | Should -Be 0
        }
        finally {
            Stop-Emulator $emulator
        }
    }
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

    It 'lists what it would remove with -WhatIf and sends nothing' {
        $text = (Invoke-NewShell -Emulator $emulator -Script @"
            Import-Module '$manifest'
            Import-Csv '$csv' | Sync-CandidateResume -Contract 123456 -IntegrationContext 1234567890 -LedgerPath '$($ledger.LedgerPath)' -RemoveMissing -WhatIf
"@) -join "`n"
        $text | Should -Match 'to be removed at LinkedIn: 30\.'
        [regex]::Matches($text, "Remove the resume at LinkedIn.*candidate '(M\d+)', resume 'R\d+'").ForEach{ $_.Groups[1].Value } | Sort-Object | Should -Be ($gone | Sort-Object)
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'removes nothing when more are missing than -MaxRemovals allows' {
        $results = Import-Csv -Path $csv | Sync-CandidateResume @where @ledger -RemoveMissing -MaxRemovals 2% -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RemovalLimitExceeded,*'
        "$($problem[0])" | Should -BeLike '*of 1000 records in the ledger 30 are missing*no more than 2%*'
        ($results | Group-Object -Property Outcome).Name | Should -Be Unchanged
        $problem = $null
        $null = Import-Csv -Path $csv | Sync-CandidateResume @where @ledger -RemoveMissing -MaxRemovals 29 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RemovalLimitExceeded,*'
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'removes what is missing from the input' {
        $results = Import-Csv -Path $csv | Sync-CandidateResume @where @ledger -RemoveMissing
        ($results | Where-Object Outcome -EQ Removed).CandidateId | Sort-Object | Should -Be ($gone | Sort-Object)
        @($results | Where-Object Outcome -EQ Unchanged).Count | Should -Be 970
        Get-ResumeAtLinkedIn | Where-Object { $_ -in $gone } | Should -BeNullOrEmpty
        $status = Get-CandidateResumeSync @ledger
        $status.Removed, $status.InSync, $status.InputCount | Should -Be 30, 970, 970
    }

    It 'removes nothing and says why when the CSV is empty' {
        Set-Content -LiteralPath $csv -Value '"CandidateId","ResumeId","CreatedAt","Path"'
        $results = Import-Csv -Path $csv | Sync-CandidateResume @where @ledger -RemoveMissing -ErrorVariable problem -ErrorAction SilentlyContinue
        $results | Should -BeNullOrEmpty
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'RemovalInputIncomplete,*'
        "$($problem[0])" | Should -BeLike 'Nothing is removed: the input is empty, and the ledger has 970 records*'
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
        @(Get-ResumeAtLinkedIn).Count | Should -Be 970
    }

    It 'needs a ledger' {
        { $candidates[0] | Sync-CandidateResume @where -RemoveMissing } | Should -Throw -ErrorId 'LedgerPathMissing,*'
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

    It 'shows the whole plan with -WhatIf and -ErrorAction Stop when files cannot be sent' {
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
        $text | Should -Match "candidate 'worse' .*was not sent: CreatedAt is not a time"
        $text | Should -Match 'errors: 0'
    }

    It 'takes -RetainFor as <Value>' -ForEach @(
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

    It 'rejects -RetainFor <Value>' -ForEach @(@{ Value = 0 }, @{ Value = '6 moons' }, @{ Value = 'for ever' }, @{ Value = [timespan]::Zero }) {
        { New-Candidate x $files[0] | Sync-CandidateResume @where -RetainFor $Value } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'sends everything again with -Resend All' {
        $ledger = "$TestDrive/resend"
        $null = New-Candidate again $files[0] | Sync-CandidateResume @where -LedgerPath $ledger
        (New-Candidate again $files[0] | Sync-CandidateResume @where -LedgerPath $ledger).Outcome | Should -Be Unchanged
        (New-Candidate again $files[0] | Sync-CandidateResume @where -LedgerPath $ledger -Resend Expired).Outcome | Should -Be Unchanged
        (New-Candidate again $files[0] | Sync-CandidateResume @where -LedgerPath $ledger -Resend All).Outcome | Should -Be Synced
    }

    It 'tunnels a single record with -QueryTunneling Always, and falls back once with Auto' {
        $null = New-Candidate tunnel $files[0] | Sync-CandidateResume @where -QueryTunneling Always
        (Get-EmulatorRequest $emulator)[-1].method | Should -Be POST

        Clear-Emulator $emulator
        Add-EmulatorFault $emulator @{ kind = 'status'; statusCode = 405; method = 'POST'; pathPrefix = '/v2/tcrmCandidateResumes'; times = -1 }
        $results = 1..150 | ForEach-Object { New-Candidate "fallback $_" $files[0] } | Sync-CandidateResume @where -WarningVariable warnings -WarningAction SilentlyContinue
        ($results | Group-Object -Property Outcome).Name | Should -Be Synced
        @($warnings -match 'rejected a tunnelled query with status 405').Count | Should -Be 1
        @(Get-EmulatorRequest $emulator | Where-Object { $_.rawTarget -like '*tcrmCandidateResumes*' -and $_.method -eq 'POST' }).Count | Should -Be 1
    }

    It 'rejects the URN of anything but a contract as -Contract' {
        { New-Candidate x $files[0] | Sync-CandidateResume -IntegrationContext 1 -Contract urn:li:organization:1 } | Should -Throw -ErrorId 'InvalidContract,*'
        { Send-CandidateResume -LiteralPath $files[0].FullName -Contract urn:li:organization:1 } | Should -Throw -ErrorId 'InvalidContract,*'
    }

    It 'rejects a named pipe as a resume without waiting for it' -Skip:($IsWindows -ne $false) {
        & mkfifo "$TestDrive/pipe.txt"
        (New-Candidate pipe "$TestDrive/pipe.txt" | Sync-CandidateResume @where -ErrorAction SilentlyContinue).Outcome | Should -Be Rejected
    }
}

Describe 'Four processes that share the limits' {
    It 'never send more than the whole' {
        $emulator = Start-Emulator -Option @{ 'records-per-minute' = 400 }
        try {
            $files = New-ResumeFile -Folder "$TestDrive/four" -Count 12
            $jobs = foreach ($quarter in 0..3) {
                Start-Job -ScriptBlock {
                    param($manifest, $token, $baseUri, $quarter, $files, $ledger)
                    Import-Module -Name $manifest
                    Connect-LinkedIn -AccessToken (ConvertTo-SecureString -String $token -AsPlainText -Force) -BaseUri $baseUri -RecordsPerMinute 100 -RequestsPerDay 25000
                    1..150 | ForEach-Object {
                        [pscustomobject]@{ CandidateId = "Q$quarter-$_"; ResumeId = "R$_"; CreatedAt = '2025-01-31'; Path = $files[$_ % 12] }
                    } | Sync-CandidateResume -Contract 1 -IntegrationContext 2 -LedgerPath "$ledger-$quarter" -BatchSize 25
                } -ArgumentList $manifest, $emulator.Token, $emulator.BaseUri, $quarter, $files.FullName, "$TestDrive/ledger"
            }
            $results = $jobs | Receive-Job -Wait -AutoRemoveJob
            $results.Count | Should -Be 600
            ($results | Group-Object -Property Outcome).Name | Should -Be Synced

            $quota = Invoke-RestMethod -Uri "$($emulator.Url)/emulator/quota"
            $quota.use.mostRecordsInOneMinute | Should -BeLessOrEqual 400
            $quota.use.refusedByQuota | Should -Be 0
            $quota.upserts | Should -Be 600
        }
        finally {
            Stop-Emulator $emulator
        }
    }
}
