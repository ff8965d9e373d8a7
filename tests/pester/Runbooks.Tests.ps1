BeforeDiscovery {
    $scripts = (Get-ChildItem -Path "$PSScriptRoot/../../module/runbooks/*.ps1").Name
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $folder = Join-Path -Path (Split-Path -Path $manifest) -ChildPath 'module/runbooks'
    $crm = Get-CrmInstance

    # As a scheduler starts it: pwsh -NonInteractive -File, with the credentials in the environment.
    function Start-Runbook {
        param([string] $Name, [string[]] $Argument, [hashtable] $Environment = @{}, $Emulator = $emulator)

        $start = [System.Diagnostics.ProcessStartInfo]::new([System.Environment]::ProcessPath)
        foreach ($one in @('-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-File', "$folder/$Name.ps1") + $Argument) { $start.ArgumentList.Add($one) }
        $all = @{ LINKEDIN_ACCESS_TOKEN = $Emulator.Token; LINKEDIN_BASE_URI = $Emulator.BaseUri; NO_COLOR = '1' } + @{}
        foreach ($key in $Environment.Keys) { $all[$key] = $Environment[$key] }
        foreach ($key in $all.Keys) { $start.Environment[$key] = $all[$key] }
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        [pscustomobject]@{ Process = $process; Output = $process.StandardOutput.ReadToEndAsync(); Errors = $process.StandardError.ReadToEndAsync() }
    }

    function Wait-Runbook($Started) {
        $Started.Process.WaitForExit()
        [pscustomobject]@{ ExitCode = $Started.Process.ExitCode; Text = ($Started.Output.Result + $Started.Errors.Result) -replace '\s+', ' ' }
    }

    function Invoke-Runbook {
        param([string] $Name, [string[]] $Argument, [hashtable] $Environment = @{}, $Emulator = $emulator)

        Wait-Runbook (Start-Runbook @PSBoundParameters)
    }

    function Wait-Until([scriptblock] $Condition, [int] $Seconds = 240) {
        $deadline = [datetime]::UtcNow.AddSeconds($Seconds)
        while (-not (& $Condition)) {
            if ([datetime]::UtcNow -gt $deadline) { throw "Waited in vain for: $Condition" }
            Start-Sleep -Milliseconds 50
        }
    }

    # Each line is JSON and none has a secret.
    function Get-Event([string] $Path) {
        $text = [System.IO.File]::ReadAllText($Path)
        $text | Should -Not -Match 'canary|x-li-ambry-ep|Bearer'
        $text | Should -BeLike "*`n"
        foreach ($line in $text.TrimEnd().Split("`n")) {
            $read = $line | ConvertFrom-Json
            foreach ($field in 'time', 'level', 'event', 'runbook', 'run') { $read.$field | Should -Not -BeNullOrEmpty }
            $read
        }
    }

    function New-CandidateCsv([string] $Path, [int] $Count) {
        $parent = Split-Path -Path $Path
        $files = New-ResumeFile -Folder "$parent/files" -Count 12
        1..$Count | ForEach-Object {
            [pscustomobject]@{ CandidateId = "C$_"; ResumeId = "R$_"; CreatedAt = '2025-01-31T08:00:00Z'; Path = "files/$($files[$_ % 12].Name)" }
        } | Export-Csv -Path $Path -NoTypeInformation
        Import-Csv -Path $Path | ForEach-Object { $_.Path = Join-Path -Path $parent -ChildPath $_.Path; $_ }
    }

    # A fan-out that comes to the minute's limit, and is killed before. It goes on while the other tests run.
    function Start-FanOut([string] $Where) {
        $emulator = Start-Emulator -Option @{ 'records-per-minute' = 200 }
        $candidates = New-CandidateCsv "$Where/candidates.csv" 240
        $fanOut = '-CsvPath', "$Where/candidates.csv", '-Contract', '1', '-IntegrationContext', '2', '-LedgerPath', "$Where/ledger",
            '-ProcessCount', '4', '-RecordsPerMinute', '200', '-BatchSize', '10', '-EventLogPath', "$Where/events.jsonl"
        $killed = Start-Runbook Invoke-ResumeFanOut $fanOut
        Wait-Until { (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/resumes").total -ge 40 }
        $second = Invoke-Runbook Invoke-ResumeFanOut $fanOut
        $killed.Process.Kill()
        $killed.Process.WaitForExit()

        # Its processes end when they find that nobody listens; until then their ledgers are theirs.
        Wait-Until { 0..3 | ForEach-Object { try { [System.IO.File]::Open("$Where/ledger/part-$_-of-4/run.lock", 'Open', 'ReadWrite', 'None').Dispose(); $true } catch { $false } } | Group-Object | Where-Object { $_.Name -eq 'True' -and $_.Count -eq 4 } }
        [pscustomobject]@{ Emulator = $emulator; Folder = $Where; Candidates = $candidates; Second = $second; Last = Start-Runbook Invoke-ResumeFanOut $fanOut }
    }

    function Get-CreateCount { @(Get-EmulatorRequest $emulator | Where-Object { $_.method -eq 'POST' -and $_.rawTarget -like '/v2/*' }).Count }

    $four = Start-FanOut "$TestDrive/four"
}

AfterAll { if ($four) { Stop-Emulator $four.Emulator } }

Describe 'The script <_>' -ForEach $scripts {
    It 'has help for every parameter, and two examples' {
        $help = Get-Help -Name "$folder/$_" -Full
        $help.Synopsis | Should -Match '\.$'
        $help.description.Text | Should -Match 'Exit codes'
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        foreach ($parameter in (Get-Command -Name "$folder/$_").Parameters.Values) {
            if ($parameter.Name -in [System.Management.Automation.PSCmdlet]::CommonParameters) { continue }
            $text = $help.parameters.parameter | Where-Object name -EQ $parameter.Name
            $text.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
        }
    }

    It 'is ASCII, which Windows PowerShell reads right without a byte order mark' {
        [System.IO.File]::ReadAllText("$folder/$_") | Should -Not -Match '[^\x00-\x7F]'
    }
}

Describe 'Export-ValidationDelta' {
    BeforeEach {
        $emulator = Start-Emulator -Option @{ rows = 40; parts = 2 }
        $out = (New-Item -ItemType Directory -Path "$TestDrive/$([guid]::NewGuid())").FullName
        $log = "$out/events.jsonl"
        $daily = '-CrmInstanceId', $crm, '-Destination', $out, '-ExportStartAt', '2025-01-01', '-EventLogPath', $log
    }

    AfterEach { Stop-Emulator $emulator }

    It 'exports each day what is new, with a CSV for each export' {
        # The CSV is wished for later than the first export: that gets one too.
        (Invoke-Runbook Export-ValidationDelta $daily).ExitCode | Should -Be 0
        $second = Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')
        $second.ExitCode | Should -Be 0 -Because $second.Text
        (Get-ChildItem -Path $out -Filter '*.csv' -Recurse).Name | Sort-Object | Should -Be @(
            'changed-company-148.csv', 'changed-company-149.csv'
            'crm-validation-148-part001.csv', 'crm-validation-148-part002.csv'
            'crm-validation-149-part001.csv') # One file is enough for the few records since.
        (Get-ChildItem -Path $out -Directory).Name | Should -Be ([datetime]::UtcNow.ToString('yyyy-MM-dd'))

        $changed = Import-Csv -Path "$out/*/changed-company-148.csv"
        $records = Get-ChildItem -Path "$out/*/crm-validation-148-*.csv" | Import-ExportFile
        $changed.CrmId | Should -Be $records.CrmId
        [System.DateTimeOffset]::Parse($changed[0].ExpiredAt) | Should -Be $records[0].ExpiredAt

        $events = Get-Event $log
        $events.event | Should -Be (@('RunStarted', 'Connected', 'FileSaved', 'FileSaved', 'RunEnded') + @('RunStarted', 'Connected', 'FileSaved', 'CsvWritten', 'CsvWritten', 'RunEnded'))
        ($events | Where-Object event -EQ RunEnded).exitCode | Should -Be 0, 0
        Get-CreateCount | Should -Be 2
    }

    It 'goes on after kill -9, and a second one at the same time ends at once' {
        Add-EmulatorFault $emulator @{ kind = 'stallBody'; atByte = 100; pathPrefix = '/ambry/'; skip = 1 }
        $first = Start-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')
        Wait-Until { Get-ChildItem -Path $out -Filter '*.partial' -Recurse }

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
        Get-CreateCount | Should -Be 0 -Because 'the job of the dead run is gone on with'
        Get-ChildItem -Path "$out/*/crm-validation-*.csv" | Test-ExportFile | Should -Be $true, $true
        @(Import-Csv -Path "$out/*/changed-company-148.csv").Count | Should -Be 80
        Get-Event $log | Where-Object event -EQ Incomplete | ForEach-Object message | Should -Match 'Another run has'
    }

    It 'ends in time when LinkedIn does not, and goes on with the same job' {
        $emulator, $quick = (Start-Emulator -Option @{ 'processing-time' = 8; rows = 5; parts = 1 }), $emulator
        try {
            $first = Invoke-Runbook Export-ValidationDelta ($daily + '-StopAfter', '0:0:0')
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

    It 'ends with <Code> and an event of it when it is interrupted with <Signal>' -Skip:$IsWindows -ForEach @(
        @{ Signal = 'INT'; Code = 130 }
        @{ Signal = 'TERM'; Code = 143 }
    ) {
        if ($Signal -eq 'INT' -and (Get-Content -LiteralPath /proc/self/status -ErrorAction Ignore | Where-Object { $_ -match '^SigIgn:.*[2367abef]$' })) {
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

    It 'lets the script go on whose pipeline stops it' {
        $script = @"
            `$emitted = 0
            & '$folder/Export-ValidationDelta.ps1' '$crm' '$out' -ExportStartAt 2025-01-01 -EventLogPath '$log' | Select-Object -First 1 | ForEach-Object { `$emitted++ }
            "emitted `$emitted"
"@
        Invoke-NewShell -Emulator $emulator -Script $script | Should -Be 'emitted 1'
        @(Get-Event $log)[-1].outcome | Should -Be interrupted
    }

    It 'fails with a token that is refused, and says so without it' {
        $result = Invoke-Runbook Export-ValidationDelta $daily -Environment @{ LINKEDIN_ACCESS_TOKEN = 'canary-refused' }
        $result.ExitCode | Should -Be 1
        $result.Text | Should -Not -Match 'canary'
        $events = Get-Event $log
        $events.Where{ $_.event -eq 'Error' }[0].id | Should -Be TokenRejected
        $events.Where{ $_.event -eq 'Error' }[0].remedy | Should -Not -BeNullOrEmpty
        $events[-1].exitCode | Should -Be 1
    }

    It 'shows the password of a proxy that answers <_> nowhere' -ForEach 403, 407, 502 {
        $password = 'canary-corp-Pa55word'
        $proxy = Start-RefusingProxy -Status $_
        try {
            $result = Invoke-Runbook Export-ValidationDelta ($daily + '-Verbose', '-Debug') -Environment @{
                HTTPS_PROXY = "http://svc-account:$password@127.0.0.1:$($proxy.Port)"; LINKEDIN_BASE_URI = 'https://api.linkedin.test/v2/'; NO_PROXY = ''
            }
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
        Get-ChildItem -Path $out -Recurse -File -Force | ForEach-Object { $places[$_.FullName] = [System.IO.File]::ReadAllText($_.FullName) }
        $places.Count | Should -BeGreaterThan 1
        foreach ($form in $forms) { $places.Keys | Where-Object { $places[$_].Contains($form) } | Should -BeNullOrEmpty }
    }

    It 'leaves out of a CSV what the previous export has as well' {
        $rich = $emulator
        $emulator = Start-Emulator -Option @{ rows = 600; parts = 1 }
        try {
            foreach ($day in 1, 2) { (Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')).ExitCode | Should -Be 0 }
            $first, $second = foreach ($job in 148, 149) { , @(Get-ChildItem -Path "$out/*/crm-validation-$job-*.csv" | Import-ExportFile | ForEach-Object { "$($_.CrmRecordType) $($_.CrmId)" }) }
            $delta = @(Import-Csv -Path "$out/*/changed-company-149.csv" | ForEach-Object { "$($_.CrmRecordType) $($_.CrmId)" })
            $second.Count | Should -BeGreaterThan 10 -Because 'a day of the first export is repeated'
            $delta.Count | Should -BeLessThan $second.Count
            $delta | Where-Object { $_ -in $first } | Should -BeNullOrEmpty
            @($delta) + @($second | Where-Object { $_ -in $first }) | Sort-Object | Should -Be ($second | Sort-Object)
            $written = @(Get-Event $log | Where-Object event -EQ CsvWritten)[-1]
            $written.rows, $written.repeated | Should -Be $delta.Count, ($second.Count - $delta.Count)

            # Without the files of the previous export nothing can be left out, and another CRM's export is no previous one.
            Remove-Item -Path "$out/*/changed-company-149.csv", "$out/*/crm-validation-148-*"
            $day = (Get-ChildItem -Path "$out/*/crm-validation-149-*.csv").DirectoryName
            Copy-Item -Path "$day/crm-validation-149-part001.csv" -Destination "$day/crm-validation-7-part001.csv"
            Set-Content -Path "$day/crm-validation-7-part001.csv.manifest.json" -Value '{"jobId":7,"part":1,"partCount":1,"owner":"urn:li:crmInstance:(SFDC,1)","endAt":1}'
            (Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv')).ExitCode | Should -Be 0
            @(Import-Csv -Path "$out/*/changed-company-149.csv").Count | Should -Be $second.Count
        }
        finally {
            Stop-Emulator $emulator
            $emulator = $rich
        }
    }

    It 'ends a download in time, and the next run saves it' {
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

    It 'hands over hosts for downloads' {
        (Invoke-Runbook Export-ValidationDelta ($daily + '-DownloadHost', 'files.example.com, other.example.com=token')).ExitCode | Should -Be 0
        (Invoke-Runbook Export-ValidationDelta ($daily + '-DownloadHost', 'files.example.com,no/host')).ExitCode | Should -Be 1
        (Invoke-Runbook Export-ValidationDelta $daily -Environment @{ LINKEDIN_DOWNLOAD_HOSTS = 'files.example.com;no/host' }).ExitCode | Should -Be 1
        (Get-Event $log).Where({ $_.event -eq 'Error' }).id | Should -Be InvalidAddress, InvalidAddress
    }

    It 'has formulas sleep in a CSV for people' {
        $day = New-Item -ItemType Directory -Path "$out/2025-01-01"
        Set-Content -Path "$day/crm-validation-7-part001.csv" -Value "crmId,crmRecordType,expiredAt,createdAt,owner`n=1+2,CONTACT,1735689600000,1735689600000,@x`n-5,LEAD,1735689600000,1735689600000,y"
        Set-Content -Path "$day/crm-validation-7-part001.csv.manifest.json" -Value '{"jobId":7,"part":1,"partCount":1}'
        Set-Content -Path "$day/crm-validation-8-part001.csv.manifest.json" -Value '{"jobId":8,"part":1,"partCount":2}'
        $result = Invoke-Runbook Export-ValidationDelta ($daily + '-ChangedCompanyCsv', '-SafeForSpreadsheet', '-CrmRecordType', 'CONTACT')
        $result.ExitCode | Should -Be 0 -Because $result.Text
        $changed = @(Import-Csv -Path "$day/changed-company-7.csv")
        $changed.Count | Should -Be 1
        $changed[0].CrmId, $changed[0].owner, $changed[0].ExpiredAt | Should -Be "'=1+2", "'@x", '2025-01-01T00:00:00.000Z'
        [System.IO.File]::ReadAllBytes("$day/changed-company-7.csv")[0..2] | Should -Be 0xEF, 0xBB, 0xBF
        "$day/changed-company-8.csv" | Should -Not -Exist -Because 'a part of it is missing'
    }
}

Describe 'Export-SalesActivity' {
    It 'exports all contracts up to the last day, then nothing until there is a new one' {
        $emulator = Start-Emulator -Option @{ 'activity-interval' = 86400 }
        try {
            $out = "$TestDrive/analytics"
            $nightly = '-Destination', $out, '-StartAt', [datetime]::UtcNow.AddDays(-120).ToString('yyyy-MM-dd'), '-ExportType', 'Activity,Seat', '-EventLogPath', "$out/events.jsonl", '-EventLogSize', '1024'
            $first = Invoke-Runbook Export-SalesActivity $nightly
            $first.ExitCode | Should -Be 0 -Because $first.Text
            $manifests = Get-ChildItem -Path $out -Filter '*.manifest.json' -Recurse | ForEach-Object { Get-Content -Raw -LiteralPath $_.FullName | ConvertFrom-Json }
            ($manifests | Group-Object -Property owner, kind).Name | Sort-Object | Should -Be @(
                foreach ($contract in 7001, 7003) { foreach ($kind in 'Activity', 'Seat') { "urn:li:contract:$contract, $kind" } })
            $manifests.Count | Should -Be 8 -Because '120 days are two slices'
            (Get-ChildItem -Path $out -Directory).Count | Should -Be 2

            $second = Invoke-Runbook Export-SalesActivity $nightly
            $second.ExitCode | Should -Be 0 -Because $second.Text
            $second.Text | Should -Match 'nothing new to export'
            Get-CreateCount | Should -Be 8

            # The log was rotated on the way, and no line is lost or torn.
            $logs = Get-ChildItem -Path "$out/events.jsonl*" -Exclude '*.lock'
            $logs.Count | Should -BeGreaterThan 2
            $logs.Length | ForEach-Object { $_ | Should -BeLessOrEqual 1024 }
            $null = $logs | ForEach-Object { Get-Event $_.FullName }

            $third = Invoke-Runbook Export-SalesActivity ($nightly[0..3] + '-ExportType', 'Nonsense')
            $third.ExitCode | Should -Be 1
        }
        finally {
            Stop-Emulator $emulator
        }
    }
}

Describe 'Export-SalesActivity where LinkedIn is not as documented' {
    BeforeAll {
        $emulator = Start-Emulator -Option @{ 'activity-interval' = 3600 }
        function Set-Behavior([hashtable] $Behavior) {
            $null = Invoke-RestMethod -Method Post -Uri "$($emulator.Url)/emulator/behavior" -Body ($Behavior | ConvertTo-Json)
        }
        function Get-Watermark { (Get-Content -Raw -LiteralPath "$out/analytics.checkpoint.json" | ConvertFrom-Json).state.series[0].watermark }
    }

    AfterAll { Stop-Emulator $emulator }

    BeforeEach {
        Clear-Emulator $emulator
        $null = Invoke-RestMethod -Method Delete -Uri "$($emulator.Url)/emulator/behavior"
        $out = "$TestDrive/$([guid]::NewGuid())"
        $nightly = '-Destination', $out, '-StartAt', [datetime]::UtcNow.AddDays(-60).ToString('yyyy-MM-dd'), '-Contract', '7001', '-ExportType', 'Activity', '-EventLogPath', "$out/events.jsonl"
    }

    It 'fails for a completed job without a link, keeps the watermark, and asks for the same job again' {
        Set-Behavior @{ linksMissingFor = 'forever'; rowCountOffset = 3600 }
        foreach ($night in 1, 2) {
            $result = Invoke-Runbook Export-SalesActivity ($nightly + '-StopAfter', '0:0:15')
            $result.ExitCode | Should -Be 1 -Because $result.Text
            Get-Watermark | Should -BeNullOrEmpty
        }
        $problem = @((Get-Event "$out/events.jsonl").Where({ $_.event -eq 'Error' }))
        $problem.id | Should -Be ExportLinksMissing, ExportLinksMissing
        $problem[0].message | Should -Match '\b[5-9]\d{3} rows, but LinkedIn gave no download link'
        $problem[1].target | Should -Be $problem[0].target

        Set-Behavior @{ linksMissingFor = $null; rowCountOffset = 0 }
        (Invoke-Runbook Export-SalesActivity $nightly).ExitCode | Should -Be 0
        Get-Watermark | Should -Not -BeNullOrEmpty
        Get-CreateCount | Should -Be 1
    }

    It 'saves a file that it does not recognize, and fails until that is accepted' {
        Set-Behavior @{ delimiter = ';' }
        $result = Invoke-Runbook Export-SalesActivity $nightly
        $result.ExitCode | Should -Be 1 -Because $result.Text
        $events = Get-Event "$out/events.jsonl"
        $events.Where({ $_.event -eq 'FileSaved' }).recognized | Should -BeFalse
        $events.Where({ $_.event -eq 'Error' }).id | Should -Be UnrecognizedFile
        $events.Where({ $_.event -eq 'Error' }).remedy | Should -Match '-AcceptUnrecognized'
        Get-Watermark | Should -BeNullOrEmpty

        (Invoke-Runbook Export-SalesActivity ($nightly + '-AcceptUnrecognized')).ExitCode | Should -Be 0
        Get-Watermark | Should -Not -BeNullOrEmpty
        Get-CreateCount | Should -Be 1
    }

    It 'downloads an unrecognized file again when it is deleted' {
        Add-EmulatorFault $emulator @{ kind = 'rewrite'; pathPrefix = '/ambry/'; times = 1; rewrite = @{ replace = @(@{ find = 'seatId'; with = 'seat#' }) } }
        (Invoke-Runbook Export-SalesActivity $nightly).ExitCode | Should -Be 1
        (Invoke-Runbook Export-SalesActivity $nightly).ExitCode | Should -Be 1 -Because 'it is kept'
        Get-Watermark | Should -BeNullOrEmpty
        Get-ChildItem -Path $out -Filter 'activity-*.csv' -Recurse | Remove-Item
        (Invoke-Runbook Export-SalesActivity $nightly).ExitCode | Should -Be 0
        Get-Watermark | Should -Not -BeNullOrEmpty
        Get-CreateCount | Should -Be 1
    }
}

Describe 'Credentials' {
    BeforeAll {
        $emulator = Start-Emulator -Option @{ 'client-secret' = 'canary-of-application'; 'refresh-token' = 'canary-of-member'; rows = 5; parts = 1 }
        $vault = @'
            function New-Credential($Name, $Secret) { [pscredential]::new($Name, (ConvertTo-SecureString $Secret -AsPlainText -Force)) }
            function Get-TheSecret([string] $Name) {
                switch ($Name) {
                    'App' { New-Credential 78emulatorclient canary-of-application }
                    'Wrong' { New-Credential 78emulatorclient canary-of-nobody }
                    'Member' { TheMember }
                }
            }
'@
        $secretManagement = $vault -replace 'Get-TheSecret', 'Get-Secret' -replace 'TheMember', 'ConvertTo-SecureString canary-of-member -AsPlainText -Force'
        $azure = $vault -replace 'Get-TheSecret', 'Get-AutomationPSCredential' -replace 'TheMember', 'New-Credential member canary-of-member'
        $where = @{ LINKEDIN_BASE_URI = $emulator.BaseUri; LINKEDIN_TOKEN_URI = "$($emulator.Url)/oauth/v2/accessToken" }
    }

    AfterAll { Stop-Emulator $emulator }

    It 'come from <Name>, and a run that fails there is <Failure>' -ForEach @(
        @{ Name = 'SecretManagement'; Functions = 'secretManagement'; Failure = 'an exit code' }
        @{ Name = 'Azure Automation'; Functions = 'azure'; Failure = 'thrown' }
    ) {
        $out = "$TestDrive/$Name"
        $script = @"
            $(Get-Variable -Name $Functions -ValueOnly)
            & '$folder/Export-ValidationDelta.ps1' '$crm' '$out' -ExportStartAt 2025-01-01 -SecretName App -EventLogPath '$out.jsonl' | Out-Null
            "validation `$LASTEXITCODE"
            & '$folder/Export-SalesActivity.ps1' '$out' -StartAt 2025-01-01 -Contract 7001 -ExportType Seat -SecretName App -RefreshTokenName Member -EventLogPath '$out.jsonl' | Out-Null
            "sales `$LASTEXITCODE"
            try { & '$folder/Export-ValidationDelta.ps1' '$crm' '$out' -SecretName Wrong -EventLogPath '$out.jsonl' 2>`$null | Out-Null; "wrong `$LASTEXITCODE" }
            catch { "wrong thrown: `$_" }
            try { & '$folder/Export-ValidationDelta.ps1' '$crm' '$out' -SecretName None -EventLogPath '$out.jsonl' 2>`$null | Out-Null; "none `$LASTEXITCODE" }
            catch { "none thrown: `$_" }
"@
        $lines = Invoke-NewShell -Script $script -Environment $where
        $lines[0..1] | Should -Be 'validation 0', 'sales 0'
        $expected = if ($Failure -eq 'thrown') { 'thrown: Export-ValidationDelta failed' } else { '1$' }
        $lines[2] | Should -Match "^wrong $expected"
        $lines[3] | Should -Match "^none $expected"
        "$lines" | Should -Not -Match 'canary'
        $errors = Get-Event "$out.jsonl" | Where-Object event -EQ Error
        $errors[0].id, $errors[1].message | Should -Be InvalidCredentials, "There is no secret 'None'."
    }
}

Describe 'Sync-Resumes' {
    BeforeAll { $emulator = Start-Emulator }

    AfterAll { Stop-Emulator $emulator }

    It 'ends when its time is over, survives kill -9, keeps a second one out, and comes to its end' {
        $candidates = New-CandidateCsv "$TestDrive/sync/candidates.csv" 300
        $log = "$TestDrive/sync/events.jsonl"
        $sync = '-CsvPath', "$TestDrive/sync/candidates.csv", '-Contract', '1', '-IntegrationContext', '2', '-LedgerPath', "$TestDrive/sync/ledger", '-EventLogPath', $log

        $short = Invoke-Runbook Sync-Resumes ($sync + '-StopAfter', '0:0:0')
        $short.ExitCode | Should -Be 75 -Because $short.Text
        (Get-Event $log | Where-Object event -EQ ResumesSynced).pending | Should -Be 300

        Add-EmulatorFault $emulator @{ kind = 'latency'; delaySeconds = 600; pathPrefix = '/ambry/'; skip = 150; times = -1 }
        $killed = Start-Runbook Sync-Resumes $sync
        Wait-Until { (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/resumes").total -ge 100 }
        (Invoke-Runbook Sync-Resumes $sync).ExitCode | Should -Be 75
        $killed.Process.Kill()
        $killed.Process.WaitForExit()
        (Get-CandidateResumeSync -LedgerPath "$TestDrive/sync/ledger").InSync | Should -Be 100
        Clear-Emulator $emulator

        $last = Invoke-Runbook Sync-Resumes $sync
        $last.ExitCode | Should -Be 0 -Because $last.Text
        Assert-SameResume -Emulator $emulator -Expected $candidates
        $again = Invoke-Runbook Sync-Resumes $sync
        $again.ExitCode | Should -Be 0
        $events = Get-Event $log
        $events.Where{ $_.event -eq 'ResumesSynced' }[-1].unchanged | Should -Be 300
        $events.Where{ $_.event -eq 'RunEnded' }.exitCode | Should -Be 75, 75, 0, 0

        $other = Invoke-Runbook Sync-Resumes ($sync + '-PartCount', '2')
        $other.ExitCode | Should -Be 1
        $other.Text | Should -Match 'begun with -PartCount 1'
        (Invoke-Runbook Sync-Resumes $sync).ExitCode | Should -Be 0 -Because 'the attempt has changed nothing'
    }

    It 'leaves the rest for tomorrow, and says of single candidates what is wrong with them' {
        $null = New-CandidateCsv "$TestDrive/few/candidates.csv" 20
        Add-Content -Path "$TestDrive/few/candidates.csv" -Value '"bad","R","yesterday","files/x.txt"'
        $sync = '-CsvPath', "$TestDrive/few/candidates.csv", '-Contract', '1', '-IntegrationContext', '2', '-LedgerPath', "$TestDrive/few/ledger", '-EventLogPath', "$TestDrive/few/events.jsonl"
        $limited = Invoke-Runbook Sync-Resumes ($sync + '-RequestsPerDay', '12')
        $limited.ExitCode | Should -Be 75 -Because $limited.Text
        $events = Get-Event "$TestDrive/few/events.jsonl"
        $events.Where{ $_.event -eq 'Incomplete' }.message | Should -Match 'are left for after'
        $events.Where{ $_.event -eq 'Error' }.target | Should -Be bad

        (Invoke-Runbook Sync-Resumes $sync).ExitCode | Should -Be 1 -Because 'all is done, and one could not be'
        (Get-CandidateResumeSync -LedgerPath "$TestDrive/few/ledger").InSync | Should -Be 20

        Set-Content -Path "$TestDrive/few/other.csv" -Value 'Id,Path', '1,x'
        $other = Invoke-Runbook Sync-Resumes ($sync + '-PartCount', '2' | ForEach-Object { $_ -replace 'candidates', 'other' -replace 'ledger$', 'ledger2' })
        $other.ExitCode | Should -Be 1
        $other.Text | Should -Match 'no column CandidateId'
    }

    It 'removes what is missing from the CSV, up to a limit, and nothing for an empty CSV' {
        $candidates = New-CandidateCsv "$TestDrive/gone/candidates.csv" 20
        $log = "$TestDrive/gone/events.jsonl"
        $sync = '-CsvPath', "$TestDrive/gone/candidates.csv", '-Contract', '1', '-IntegrationContext', '3', '-LedgerPath', "$TestDrive/gone/ledger", '-EventLogPath', $log
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

    It 'rejects a -RetainFor without a unit' {
        $sync = '-CsvPath', "$TestDrive/few/candidates.csv", '-Contract', '1', '-IntegrationContext', '2', '-LedgerPath', "$TestDrive/few/ledger3"
        $result = Invoke-Runbook Sync-Resumes ($sync + '-RetainFor', '90')
        $result.ExitCode | Should -Not -Be 0
        $result.Text | Should -Match 'has no unit'
    }

    It 'has a candidate in the same part for ever' {
        Import-Module -Name "$folder/RunbookSupport.psm1"
        Get-CandidatePart -CandidateId 'C1' -PartCount 8 | Should -Be 1
        Get-CandidatePart -CandidateId "M$([char] 0xFC)ller" -PartCount 8 | Should -Be 1
        $sizes = 1..400 | ForEach-Object { Get-CandidatePart -CandidateId "C$_" -PartCount 4 } | Group-Object | ForEach-Object Count
        @($sizes).Count | Should -Be 4
        $sizes | ForEach-Object { $_ | Should -BeGreaterThan 60 }
        Remove-Module -Name RunbookSupport
    }
}

Describe 'Invoke-ResumeFanOut' {
    It 'keeps the limits of all together over four processes, also when it is killed half-way' {
        $four.Second.ExitCode | Should -Be 75
        $four.Second.Text | Should -Match 'Another run has'
        $last = Wait-Runbook $four.Last
        $last.ExitCode | Should -Be 0 -Because $last.Text
        Assert-SameResume -Emulator $four.Emulator -Expected $four.Candidates
        $quota = Invoke-RestMethod -Uri "$($four.Emulator.Url)/emulator/quota"
        $quota.use.mostRecordsInOneMinute | Should -BeGreaterThan 100
        $quota.use.mostRecordsInOneMinute | Should -BeLessOrEqual 200
        $quota.use.refusedByQuota | Should -Be 0

        $status = 0..3 | ForEach-Object { Get-CandidateResumeSync -LedgerPath "$($four.Folder)/ledger/part-$_-of-4" }
        ($status | Measure-Object -Property InSync -Sum).Sum | Should -Be 240
        $status.RequestsPerDay | Should -Be 25000, 25000, 25000, 25000
        $events = Get-Event "$($four.Folder)/events.jsonl"
        $run = $events[-1].run
        $events.Where{ $_.run -eq $run -and $_.event -eq 'PartEnded' }.part | Sort-Object | Should -Be 0, 1, 2, 3
    }

    It 'works over remoting, with a connection at each end' -Skip:$IsWindows {
        $emulator = Start-Emulator
        try {
            $candidates = New-CandidateCsv "$TestDrive/remote/candidates.csv" 30
            # A stand-in for ssh that starts the other end on this machine: what crosses is PowerShell's own remoting.
            $ssh = New-Item -Path "$TestDrive/bin/ssh" -Force -Value "#!/bin/sh`nexec '$([System.Environment]::ProcessPath)' -NoProfile -NoLogo -s`n"
            chmod +x $ssh.FullName
            $script = @"
                `$env:PATH = '$TestDrive/bin:' + `$env:PATH
                `$sessions = New-PSSession -HostName worker1, worker2
                `$status = & '$folder/Invoke-ResumeFanOut.ps1' -CsvPath '$TestDrive/remote/candidates.csv' -Contract 1 -IntegrationContext 2 -LedgerPath '$TestDrive/remote/ledger' -Session `$sessions -RemoteRunbook '$folder/Sync-Resumes.ps1' -EventLogPath '$TestDrive/remote/events.jsonl'
                "exit `$LASTEXITCODE"
                (`$status | Measure-Object -Property Synced -Sum).Sum
                `$status.PSComputerName | Sort-Object
"@
            Invoke-NewShell -Emulator $emulator -Script $script | Should -Be 'exit 0', '30', 'worker1', 'worker2'
            Assert-SameResume -Emulator $emulator -Expected $candidates -Once
            $null = Get-Event "$TestDrive/remote/events.jsonl"
        }
        finally {
            Stop-Emulator $emulator
        }
    }
}
