BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $folder = Join-Path -Path (Split-Path -Path $manifest) -ChildPath 'module/runbooks'
    $crm = Get-CrmInstance
    . "$PSScriptRoot/RunbookFunctions.ps1"
}

Describe 'Export-ValidationDelta' {
    BeforeEach {
        $emulator = Start-Emulator -Option @{ rows = 40; parts = 2 }
        $out = (New-Item -ItemType Directory -Path "$TestDrive/$([guid]::NewGuid())").FullName
        $log = "$out/events.jsonl"
        $daily = '-CrmInstanceId', $crm, '-Destination', $out, '-ExportStartAt', '2025-01-01', '-EventLogPath', $log
    }

    AfterEach { Stop-Emulator $emulator }

    BeforeAll {
        # Saves an export with one file. The ids are those of the contacts.
        function Save-Export([int] $Job, [string[]] $Id, [bool] $IsRecognized = $true) {
            $file = "$out/2025-01-01/crm-validation-$Job-part001.csv"
            $null = New-Item -ItemType Directory -Path (Split-Path -Path $file) -Force
            $rows = $Id | ForEach-Object { "$_,CONTACT,1735689600000,1735689600000" }
            Set-Content -LiteralPath $file -Value (@('crmId,crmRecordType,expiredAt,createdAt') + $rows)
            @{ jobId = $Job; part = 1; partCount = 1; owner = 'urn:li:crmInstance:(SFDC,1)'; endAt = $Job
                isRecognized = $IsRecognized
            } | ConvertTo-Json | Set-Content -LiteralPath "$file.manifest.json"
        }
        function Get-ChangedId([int] $Job) { @(Import-Csv -LiteralPath "$out/2025-01-01/changed-company-$Job.csv").CrmId }
    }

    It 'exports the new records of each day, with a CSV file for each export' {
        # The first export gets a CSV file as well, although it ran without the parameter.
        (Wait-Runbook (Start-Runbook Export-ValidationDelta $daily)).ExitCode | Should -Be 0
        $second = Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')
        $second.ExitCode | Should -Be 0 -Because $second.Text
        (Get-ChildItem -Path $out -Filter '*.csv' -Recurse).Name | Sort-Object | Should -Be @(
            'changed-company-148.csv', 'changed-company-149.csv'
            'crm-validation-148-part001.csv', 'crm-validation-148-part002.csv'
            'crm-validation-149-part001.csv') # The new records fit in one file.
        (Get-ChildItem -Path $out -Directory).Name | Should -Be ([datetime]::UtcNow.ToString('yyyy-MM-dd'))

        $changed = Import-Csv -Path "$out/*/changed-company-148.csv"
        $records = Get-ChildItem -Path "$out/*/crm-validation-148-*.csv" | Import-ExportFile
        $changed.CrmId | Should -Be $records.CrmId
        [System.DateTimeOffset]::Parse($changed[0].ExpiredAt) | Should -Be $records[0].ExpiredAt

        $events = Get-Event $log
        $events.event | Should -Be @(
            'RunStarted', 'Connected', 'FileSaved', 'FileSaved', 'Summary', 'Summary', 'RunEnded'
            'RunStarted', 'Connected', 'FileSaved', 'Summary', 'Summary', 'CsvWritten', 'CsvWritten', 'RunEnded')
        ($events | Where-Object event -EQ RunEnded).exitCode | Should -Be 0, 0
        Get-CreateCount | Should -Be 2
    }

    It 'continues after kill -9, and ends when another run is active' {
        Add-EmulatorFault $emulator @{ kind = 'stallBody'; atByte = 100; pathPrefix = '/ambry/'; skip = 1 }
        $first = Start-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')
        # The checkpoint also has a .partial file while it is written, and is first written before the job is created.
        Wait-Until { Get-ChildItem -Path $out -Filter '*.csv.partial' -Recurse }

        $second = Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')
        $second.ExitCode | Should -Be 75
        $second.Text | Should -Match 'Another run has'
        $second.Text | Should -Not -Match 'canary'

        $first.Process.Kill()
        $first.Process.WaitForExit()
        Get-ChildItem -Path $out -Filter 'changed-company*' -Recurse | Should -BeNullOrEmpty
        Clear-Emulator $emulator

        $third = Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')
        $third.ExitCode | Should -Be 0 -Because $third.Text
        Get-CreateCount | Should -Be 0 -Because 'the run continues the job of the terminated run'
        Get-ChildItem -Path "$out/*/crm-validation-*.csv" | Test-ExportFile | Should -Be $true, $true
        @(Import-Csv -Path "$out/*/changed-company-148.csv").Count | Should -Be 80
        Get-Event $log | Where-Object event -EQ Incomplete | ForEach-Object message | Should -Match 'Another run has'
    }

    It 'ends when its time is over, and the next run continues with the same job' {
        $emulator, $quick = (Start-Emulator -Option @{ 'processing-time' = 8; rows = 5; parts = 1 }), $emulator
        try {
            $first = Invoke-Runbook Export-ValidationDelta ($daily + '-StopAfter', '1')
            $first.ExitCode | Should -Be 75 -Because $first.Text
            (Get-Event $log | Where-Object event -EQ Incomplete).id | Should -Be WaitTimedOut
            (Invoke-Runbook Export-ValidationDelta $daily).ExitCode | Should -Be 0
            Get-CreateCount | Should -Be 1
        }
        finally {
            Stop-Emulator $emulator
            $emulator = $quick
        }
    }

    It 'ends with <Code> and an event when it is interrupted with <Signal>' -Skip:$IsWindows -ForEach @(
        @{ Signal = 'INT'; Code = 130 }
        @{ Signal = 'TERM'; Code = 143 }
    ) {
        if ($Signal -eq 'INT' -and
            (Get-Content -LiteralPath /proc/self/status -ErrorAction Ignore |
                Where-Object { $_ -match '^SigIgn:.*[2367abef]$' })) {
            Set-ItResult -Skipped -Because 'this process ignores SIGINT, and so do those that it starts'
        }
        Add-EmulatorFault $emulator @{ kind = 'stallBody'; atByte = 100; pathPrefix = '/ambry/'; skip = 1 }
        $run = Start-Runbook Export-ValidationDelta $daily
        Wait-Until { Get-ChildItem -Path $out -Filter '*.csv.partial' -Recurse }
        kill -s $Signal $run.Process.Id
        $result = Wait-Runbook $run
        $result.ExitCode | Should -Be $Code -Because $result.Text
        Get-ChildItem -Path $out -Filter '*.partial' -Recurse | Should -BeNullOrEmpty
        $last = @(Get-Event $log)[-1]
        $last.event, $last.outcome, $last.exitCode, $last.level | Should -Be 'RunEnded', 'interrupted', $Code, 'warning'

        Clear-Emulator $emulator
        $next = Invoke-Runbook Export-ValidationDelta $daily
        $next.ExitCode | Should -Be 0 -Because $next.Text
        Get-CreateCount | Should -Be 0
        @(Get-Event $log)[-1].outcome | Should -Be done
    }

    It 'ends when the pipeline of another script stops it' {
        $script = @"
            `$emitted = 0
            & '$folder/Export-ValidationDelta.ps1' '$crm' '$out' -ExportStartAt 2025-01-01 -EventLogPath '$log' |
                Select-Object -First 1 | ForEach-Object { `$emitted++ }
            "emitted `$emitted"
"@
        Invoke-NewShell -Emulator $emulator -Script $script | Should -Be 'emitted 1'
        @(Get-Event $log)[-1].outcome | Should -Be interrupted
    }

    It 'fails when the token is rejected, without printing it' {
        $result = Invoke-Runbook Export-ValidationDelta $daily -Environment @{ LINKEDIN_ACCESS_TOKEN = 'canary-refused' }
        $result.ExitCode | Should -Be 1
        $result.Text | Should -Not -Match 'canary'
        $events = Get-Event $log
        $events.Where{ $_.event -eq 'Error' }[0].id | Should -Be TokenRejected
        $events.Where{ $_.event -eq 'Error' }[0].remedy | Should -Not -BeNullOrEmpty
        $events[-1].exitCode | Should -Be 1
    }

    It 'does not print the password of a proxy that returns <_>' -ForEach 403, 407, 502 {
        $password = 'canary-corp-Pa55word'
        $proxy = Start-RefusingProxy -Status $_
        try {
            $result = Wait-Runbook (Start-Runbook Export-ValidationDelta ($daily + '-Verbose', '-Debug') -Environment @{
                HTTPS_PROXY       = "http://svc-account:$password@127.0.0.1:$($proxy.Port)"
                LINKEDIN_BASE_URI = 'https://api.linkedin.test/v2/'
                NO_PROXY          = ''
            })
            $result.ExitCode | Should -Be 1 -Because $result.Text
            @($proxy.Requests) | Should -Not -BeNullOrEmpty
            @($proxy.Requests)[0] | Should -BeLike 'CONNECT api.linkedin.test:443*'
        }
        finally {
            Stop-RefusingProxy $proxy
        }

        (Get-Event $log).Where({ $_.event -eq 'Error' }) | Should -HaveCount 1
        $forms = $password, [convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("svc-account:$password"))
        $places = @{ streams = $result.Text }
        Get-ChildItem -Path $out -Recurse -File -Force |
            ForEach-Object { $places[$_.FullName] = [System.IO.File]::ReadAllText($_.FullName) }
        $places.Count | Should -BeGreaterThan 1
        foreach ($form in $forms) { $places.Keys | Where-Object { $places[$_].Contains($form) } | Should -BeNullOrEmpty }
    }

    It 'omits the records of the previous export from the CSV file' {
        $rich = $emulator
        $emulator = Start-Emulator -Option @{ rows = 600; parts = 1 }
        try {
            foreach ($day in 1, 2) {
                (Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')).ExitCode | Should -Be 0
            }
            $first, $second = foreach ($job in 148, 149) {
                , @(Get-ChildItem -Path "$out/*/crm-validation-$job-*.csv" | Import-ExportFile |
                    ForEach-Object { "$($_.CrmRecordType) $($_.CrmId)" })
            }
            $delta = @(Import-Csv -Path "$out/*/changed-company-149.csv" | ForEach-Object { "$($_.CrmRecordType) $($_.CrmId)" })
            $second.Count | Should -BeGreaterThan 10 -Because 'a day of the first export is repeated'
            $delta.Count | Should -BeLessThan $second.Count
            $delta | Where-Object { $_ -in $first } | Should -BeNullOrEmpty
            @($delta) + @($second | Where-Object { $_ -in $first }) | Sort-Object | Should -Be ($second | Sort-Object)
            $written = @(Get-Event $log | Where-Object event -EQ CsvWritten)[-1]
            $written.rows, $written.repeated | Should -Be $delta.Count, ($second.Count - $delta.Count)

            # Nothing is omitted without the files of the previous export. The export of another CRM is not a previous export.
            Remove-Item -Path "$out/*/changed-company-149.csv", "$out/*/crm-validation-148-*"
            $day = (Get-ChildItem -Path "$out/*/crm-validation-149-*.csv").DirectoryName
            Copy-Item -Path "$day/crm-validation-149-part001.csv" -Destination "$day/crm-validation-7-part001.csv"
            $other = @{ jobId = 7; part = 1; partCount = 1; owner = 'urn:li:crmInstance:(SFDC,1)'; endAt = 1 }
            $other | ConvertTo-Json | Set-Content -Path "$day/crm-validation-7-part001.csv.manifest.json"
            (Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')).ExitCode | Should -Be 0
            @(Import-Csv -Path "$out/*/changed-company-149.csv").Count | Should -Be $second.Count
        }
        finally {
            Stop-Emulator $emulator
            $emulator = $rich
        }
    }

    It 'ends a download when its time is over, and the next run saves the file' {
        Add-EmulatorFault $emulator @{ kind = 'stallBody'; atByte = 100; pathPrefix = '/ambry/'; skip = 1 }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $short = Invoke-Runbook Export-ValidationDelta ($daily + '-StopAfter', '0:0:15')
        $short.ExitCode | Should -Be 75 -Because $short.Text
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 55 -Because 'an idle download is given up after 60 s'
        (Get-Event $log).Where({ $_.event -eq 'Incomplete' }).id | Sort-Object -Unique | Should -Be SaveTimedOut

        $next = Invoke-Runbook Export-ValidationDelta $daily
        $next.ExitCode | Should -Be 0 -Because $next.Text
        Get-CreateCount | Should -Be 1
    }

    It 'allows additional hosts for downloads' {
        $hosts = 'files.example.com, other.example.com=token'
        (Invoke-Runbook Export-ValidationDelta ($daily + '-DownloadHost', $hosts)).ExitCode | Should -Be 0
        (Invoke-Runbook Export-ValidationDelta ($daily + '-DownloadHost', 'files.example.com,no/host')).ExitCode | Should -Be 1
        $environment = @{ LINKEDIN_DOWNLOAD_HOSTS = 'files.example.com;no/host' }
        (Invoke-Runbook Export-ValidationDelta $daily -Environment $environment).ExitCode | Should -Be 1
        (Get-Event $log).Where({ $_.event -eq 'Error' }).id | Should -Be InvalidAddress, InvalidAddress
    }

    It 'creates no CSV file of an unrecognized export until it is accepted or correct' {
        $withCsv = $daily + '-ChangedCompanyCsv'
        Save-Export 7 'A', 'B' -IsRecognized $false
        Save-Export 8 'B', 'C'
        $result = Invoke-Runbook Export-ValidationDelta $withCsv
        $result.ExitCode | Should -Be 0 -Because $result.Text
        "$out/2025-01-01/changed-company-7.csv" | Should -Not -Exist
        Get-ChangedId 8 | Should -Be B, C -Because 'the CRM team does not have B yet'
        (Get-Event $log).Where({ $_.event -eq 'Warning' }).message | Should -Match 'changed-company-7\.csv is not created'

        (Invoke-Runbook Export-ValidationDelta ($withCsv + '-AcceptUnrecognized')).ExitCode | Should -Be 0
        Get-ChangedId 7 | Should -Be A, B
        Save-Export 9 'A', 'D'
        (Invoke-Runbook Export-ValidationDelta $withCsv).ExitCode | Should -Be 0
        Get-ChangedId 9 | Should -Be A, D -Because 'A is not in export 8'
        @(Get-Event $log).Where({ $_.event -eq 'CsvWritten' -and $_.path -like '*changed-company-7.csv' }) |
            Should -HaveCount 1 -Because 'the file was accepted'

        # A correct file was downloaded later.
        Save-Export 7 'E'
        (Get-Item -LiteralPath "$out/2025-01-01/changed-company-7.csv").LastWriteTimeUtc = [datetime]::UtcNow.AddMinutes(-1)
        (Invoke-Runbook Export-ValidationDelta $withCsv).ExitCode | Should -Be 0
        Get-ChangedId 7 | Should -Be E
    }

    It 'creates the CSV files of the other exports when one cannot be read' {
        Save-Export 6 'A'
        Set-Content -LiteralPath "$out/2025-01-01/crm-validation-6-part001.csv.manifest.json" -Value '{"jobId":6'
        Save-Export 7 'A', '"B"x'
        Save-Export 8 'A', 'C'
        $result = Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')
        $result.ExitCode | Should -Be 1 -Because $result.Text
        $problem = (Get-Event $log).Where({ $_.event -eq 'Error' })
        $problem.id | Should -Be ManifestReadFailed, MalformedRow
        $problem[1].target | Should -BeLike '*changed-company-7.csv'
        $problem[1].remedy | Should -Match '-MalformedRow Skip'
        Get-ChangedId 8 | Should -Be A, C -Because 'no CSV file has A yet'
        "$out/2025-01-01/changed-company-7.csv" | Should -Not -Exist
    }

    It 'escapes formulas in the CSV file with -SafeForSpreadsheet' {
        $day = New-Item -ItemType Directory -Path "$out/2025-01-01"
        Set-Content -Path "$day/crm-validation-7-part001.csv" -Value @(
            'crmId,crmRecordType,expiredAt,createdAt,owner'
            '=1+2,CONTACT,1735689600000,1735689600000,@x'
            '-5,LEAD,1735689600000,1735689600000,y')
        Set-Content -Path "$day/crm-validation-7-part001.csv.manifest.json" -Value '{"jobId":7,"part":1,"partCount":1}'
        Set-Content -Path "$day/crm-validation-8-part001.csv.manifest.json" -Value '{"jobId":8,"part":1,"partCount":2}'
        $result = Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv', '-SafeForSpreadsheet', '-CrmRecordType',
            'CONTACT')
        $result.ExitCode | Should -Be 0 -Because $result.Text
        $changed = @(Import-Csv -Path "$day/changed-company-7.csv")
        $changed.Count | Should -Be 1
        $changed[0].CrmId, $changed[0].owner, $changed[0].ExpiredAt | Should -Be "'=1+2", "'@x", '2025-01-01T00:00:00.000Z'
        [System.IO.File]::ReadAllBytes("$day/changed-company-7.csv")[0..2] | Should -Be 0xEF, 0xBB, 0xBF
        "$day/changed-company-8.csv" | Should -Not -Exist -Because 'a part of it is missing'

        # pwsh -File passes a list as one text.
        foreach ($type in 'LEAD,CONTACT', 'CONTACTS') {
            Remove-Item -Path "$day/changed-company-7.csv"
            $result = Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv', '-CrmRecordType', $type)
            @(Import-Csv -Path "$day/changed-company-7.csv").Count | Should -Be $(if ($type -eq 'CONTACTS') { 0 } else { 2 })
            $result.Text -like '*-CrmRecordType is CONTACTS, and the types in*' | Should -Be ($type -eq 'CONTACTS')
        }
    }
}
