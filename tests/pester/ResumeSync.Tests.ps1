BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $isProof = $env:LINKEDINEXPORTS_PROOF -eq 'full'
    $where = @{ Contract = 123456; IntegrationContext = 1234567890 }

    # Four processes that reach the limits of a minute and of the day. They continue while the other tests run.
    $limits = @{ 'records-per-minute' = 400; 'requests-per-day' = 1000 }
    $four = Start-Emulator -Option $limits
    $fourFiles = New-ResumeFile -Folder "$TestDrive/four" -Count 12
    $fourJobs = foreach ($process in 0..3) {
        Start-Job -ScriptBlock {
            param($manifest, $token, $baseUri, $process, $files, $ledger)
            Import-Module -Name $manifest
            $token = ConvertTo-SecureString -String $token -AsPlainText -Force
            Connect-LinkedIn -AccessToken $token -BaseUri $baseUri -RecordsPerMinute 400 -RequestsPerDay 1000
            1..150 | ForEach-Object {
                [pscustomobject]@{
                    CandidateId = "P$process-$_"
                    ResumeId    = "R$_"
                    CreatedAt   = '2025-01-31'
                    Path        = $files[$_ % 12]
                }
            } | Sync-CandidateResume -Contract 1 -IntegrationContext 2 -LedgerPath "$ledger-$process" -BatchSize 25
        } -ArgumentList $manifest, $four.Token, $four.BaseUri, $process, $fourFiles.FullName, "$TestDrive/ledger"
    }
}

AfterAll {
    $fourJobs | Remove-Job -Force
    Stop-Emulator $four
}

Describe 'A synchronization of ten thousand candidates' {
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

    It 'displays the plan with -WhatIf and changes nothing' {
        $plan = Invoke-NewShell -Emulator $emulator -Script @"
            Import-Module '$manifest'
            Import-Csv '$csv' |
                Sync-CandidateResume -Contract 123456 -IntegrationContext 1234567890 -LedgerPath '$TestDrive/ledger' -WhatIf
"@
        $text = $plan -join ' '
        $text | Should -Match '^What if: Sync 10,000 records of 10,000: upload 10,000 files'
        $text | Should -Match '20,100 requests'
        Test-Path -Path "$TestDrive/ledger" | Should -BeFalse
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'sends each resume exactly once, within the quotas' {
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

    It 'sends no request when nothing has changed' {
        $before = (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/quota").use.requestsToday
        $results = Import-Csv -Path $csv | Sync-CandidateResume @where -LedgerPath "$TestDrive/ledger"
        ($results | Group-Object -Property Outcome).Name | Should -Be 'Unchanged'
        (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/quota").use.requestsToday | Should -Be $before
        $status = Get-CandidateResumeSync -LedgerPath "$TestDrive/ledger"
        $status.InputCount, $status.Unchanged, $status.InSync | Should -Be 10000, 10000, 10000
    }
}

Describe 'Sync-CandidateResume -Checksum' {
    It 'finds a change that neither the length nor the modification time shows' {
        $emulator = Start-Emulator
        try {
            Connect-Emulator $emulator
            $time = [datetime]::new(2026, 1, 5, 8, 0, 0, [System.DateTimeKind]::Utc)
            $records = foreach ($number in 1..3) {
                $path = "$TestDrive/checksum-$number.txt"
                Set-Content -Path $path -Value "Resume $number, version 1"
                (Get-Item -Path $path).LastWriteTimeUtc = $time
                [pscustomobject]@{ CandidateId = "C$number"; ResumeId = "R$number"; CreatedAt = '2026-01-05'; Path = $path }
            }
            $records | Sync-CandidateResume @where -LedgerPath "$TestDrive/checksum" | Out-Null

            Set-Content -Path $records[0].Path -Value 'Resume 1, version 2'
            Set-Content -Path $records[1].Path -Value 'Resume 2, version 2'
            (Get-Item -Path $records[1].Path).LastWriteTimeUtc = $time
            $results = $records | Sync-CandidateResume @where -LedgerPath "$TestDrive/checksum" |
                Sort-Object -Property CandidateId
            $results.Outcome | Should -Be 'Synced', 'Unchanged', 'Unchanged'
            $results = $records | Sync-CandidateResume @where -LedgerPath "$TestDrive/checksum" -Checksum |
                Sort-Object -Property CandidateId
            $results.Outcome | Should -Be 'Unchanged', 'Synced', 'Unchanged'
        }
        finally {
            Stop-Emulator $emulator
        }
    }
}

Describe 'The paths of Sync-CandidateResume' {
    BeforeAll {
        $token = ConvertTo-SecureString -String 'none' -AsPlainText -Force
        Connect-LinkedIn -AccessToken $token -BaseUri 'http://127.0.0.1:9/v2/'
        $null = New-Item -ItemType Directory -Path "$TestDrive/paths/a/resumes", "$TestDrive/paths/b/resumes"
        $root = (Resolve-Path -LiteralPath "$TestDrive/paths").ProviderPath
    }

    AfterAll { Disconnect-LinkedIn }

    It 'are resolved for each record, also when the location changes' {
        $number = 0
        Push-Location -Path "$root/a"
        try {
            $planned = 'resumes/1.txt', './resumes/2.txt', 'resumes/3 (1).txt', 'resumes/4.txt', 'CD', 'resumes/5.txt',
            "$root/a/resumes/6.txt", "$root/a/resumes/../resumes/7.txt", "$root/b/resumes/..", 'resumes/[8].txt', '9.txt' |
                ForEach-Object {
                    if ($_ -eq 'CD') { Set-Location -Path "$root/b" }
                    else { [pscustomobject]@{ CandidateId = "C$((++$number))"; ResumeId = 'R'; CreatedAt = 1; Path = $_ } }
                } | Sync-CandidateResume @where -PlanOnly -ThrottleLimit 1
        }
        finally {
            Pop-Location
        }

        $expected = 'a/resumes/1.txt', 'a/resumes/2.txt', 'a/resumes/3 (1).txt', 'a/resumes/4.txt', 'b/resumes/5.txt',
        'a/resumes/6.txt', 'a/resumes/7.txt', 'b', 'b/resumes/[8].txt', 'b/9.txt'
        $planned.Path | Should -Be ($expected | ForEach-Object { Join-Path -Path $root -ChildPath $_ })
    }
}

Describe 'A synchronization that is killed repeatedly' {
    It 'completes without lost or duplicate records' {
        $kills = if ($isProof) { 50 } else { 8 }
        $candidates = if ($isProof) { 2000 } else { 400 }
        $seed = [System.Random]::new().Next()
        $random = [System.Random]::new($seed)
        $emulator = Start-Emulator -Option @{ latency = 0.03 }
        try {
            $files = New-ResumeFile -Folder "$TestDrive/killed" -Count 30
            $csv = "$TestDrive/killed.csv"
            1..$candidates | ForEach-Object {
                [pscustomobject]@{
                    CandidateId = "K$_"
                    ResumeId    = "R$_"
                    CreatedAt   = '2025-01-31T08:00:00Z'
                    Path        = $files[$_ % 30].FullName
                }
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
                # A run that was killed before its first line leaves an empty file.
                if (Get-Item -Path "$TestDrive/killed-ledger/resume-sync.ledger" -ErrorAction Ignore |
                    Where-Object Length -GT 0) {
                    $status = Get-CandidateResumeSync -LedgerPath "$TestDrive/killed-ledger"
                    $status.Synced + $status.Unchanged + $status.Failed + $status.Rejected + $status.Pending |
                        Should -Be $status.InputCount
                }
            }

            $last = Invoke-NewShell -Emulator $emulator -Script $script
            $status = Get-CandidateResumeSync -LedgerPath "$TestDrive/killed-ledger"
            Write-Host "    $interrupted of $kills runs killed (seed $seed); the last one: $($last -join ' ')"
            $interrupted | Should -BeGreaterThan ($kills / 2)
            $status.InputCount, $status.InSync, $status.Pending, $status.Failed, $status.UploadedNotLinked |
                Should -Be $candidates, $candidates, 0, 0, 0
            Assert-SameResume -Emulator $emulator -Expected (Import-Csv -Path $csv)
            (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/quota").use.refusedByQuota | Should -Be 0
        }
        finally {
            Stop-Emulator $emulator
        }
    }
}

Describe 'Four processes of one machine' {
    It 'stay within the limits together' {
        $results = $fourJobs | Receive-Job -Wait -WarningVariable warnings -WarningAction SilentlyContinue
        $results.Count | Should -Be 600
        $warnings | Should -BeLike 'The 1000 requests of the day are used.*'
        $counts = $results | Group-Object -Property Outcome -AsHashTable -AsString
        $counts.Keys | Sort-Object | Should -Be Pending, Synced

        $quota = Invoke-RestMethod -Uri "$($four.Url)/emulator/quota"
        $quota.use.mostRecordsInOneMinute | Should -BeLessOrEqual 400
        $quota.use.refusedByQuota | Should -Be 0
        $quota.upserts | Should -Be $counts.Synced.Count
        $quota.upserts | Should -BeGreaterThan 400 -Because 'the processes use what the day allows'
    }
}
