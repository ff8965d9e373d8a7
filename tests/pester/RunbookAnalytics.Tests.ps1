BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $folder = Join-Path -Path (Split-Path -Path $manifest) -ChildPath 'module/runbooks'
    . "$PSScriptRoot/RunbookFunctions.ps1"
}

Describe 'Export-SalesActivity' {
    It 'exports all contracts up to the last complete day, and nothing until the next day' {
        $emulator = Start-Emulator -Option @{ 'activity-interval' = 86400 }
        try {
            $out = "$TestDrive/analytics"
            $nightly = '-Destination', $out, '-StartAt', [datetime]::UtcNow.AddDays(-120).ToString('yyyy-MM-dd'),
                '-ExportType', 'Activity,Seat', '-EventLogPath', "$out/events.jsonl", '-EventLogSize', '1024'
            $first = Wait-Runbook (Start-Runbook Export-SalesActivity $nightly)
            $first.ExitCode | Should -Be 0 -Because $first.Text
            $manifests = Get-ChildItem -Path $out -Filter '*.manifest.json' -Recurse |
                ForEach-Object { Get-Content -Raw -LiteralPath $_.FullName | ConvertFrom-Json }
            ($manifests | Group-Object -Property owner, kind).Name | Sort-Object | Should -Be @(
                foreach ($contract in 7001, 7003) {
                    foreach ($kind in 'Activity', 'Seat') { "urn:li:contract:$contract, $kind" }
                })
            $manifests.Count | Should -Be 8 -Because '120 days are two slices'
            (Get-ChildItem -Path $out -Directory).Count | Should -Be 2

            $second = Invoke-Runbook Export-SalesActivity $nightly
            $second.ExitCode | Should -Be 0 -Because $second.Text
            $second.Text | Should -Match 'nothing new to export'
            Get-CreateCount | Should -Be 8

            # The log was rotated, and no line is lost or incomplete.
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

Describe 'Export-SalesActivity with undocumented behavior of LinkedIn' {
    BeforeAll {
        $emulator = Start-Emulator -Option @{ 'activity-interval' = 3600 }
        function Set-Behavior([hashtable] $Behavior) {
            $null = Invoke-RestMethod -Method Post -Uri "$($emulator.Url)/emulator/behavior" -Body ($Behavior | ConvertTo-Json)
        }
        function Get-Watermark {
            (Get-Content -Raw -LiteralPath "$out/analytics.checkpoint.json" | ConvertFrom-Json).state.series[0].watermark
        }
    }

    AfterAll { Stop-Emulator $emulator }

    BeforeEach {
        Clear-Emulator $emulator
        $null = Invoke-RestMethod -Method Delete -Uri "$($emulator.Url)/emulator/behavior"
        $out = "$TestDrive/$([guid]::NewGuid())"
        $nightly = '-Destination', $out, '-StartAt', [datetime]::UtcNow.AddDays(-60).ToString('yyyy-MM-dd'), '-Contract', '7001',
            '-ExportType', 'Activity', '-EventLogPath', "$out/events.jsonl"
    }

    It 'fails when a completed job has no link, and continues with the same job' {
        Set-Behavior @{ linksMissingFor = 'forever'; rowCountOffset = 3600 }
        # Long enough for a slow start; a run ends when the next request for the link would be after the end of its time.
        foreach ($night in 1, 2) {
            $result = Invoke-Runbook Export-SalesActivity ($nightly + '-StopAfter', '0:0:30')
            $result.ExitCode | Should -Be 1 -Because $result.Text
            Get-Watermark | Should -BeNullOrEmpty
        }
        $problem = @((Get-Event "$out/events.jsonl").Where({ $_.event -eq 'Error' }))
        $problem.id | Should -Be ExportLinksMissing, ExportLinksMissing
        $problem[0].message | Should -Match '\b[5-9]\d{3} rows, but LinkedIn returned no download link'
        $problem[1].target | Should -Be $problem[0].target

        Set-Behavior @{ linksMissingFor = $null; rowCountOffset = 0 }
        (Invoke-Runbook Export-SalesActivity $nightly).ExitCode | Should -Be 0
        Get-Watermark | Should -Not -BeNullOrEmpty
        Get-CreateCount | Should -Be 1
    }

    It 'saves an unrecognized file, and fails until the file is accepted' {
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

    It 'saves the files of all jobs when the session stops at errors' {
        Set-Behavior @{ delimiter = ';' }
        $all = $nightly -replace '^7001$', '7001,7003'
        $result = Invoke-Runbook Export-SalesActivity $all -Setup '$global:ErrorActionPreference = "Stop"'
        $result.ExitCode | Should -Be 1 -Because $result.Text
        $events = Get-Event "$out/events.jsonl"
        $events.Where({ $_.event -eq 'FileSaved' }) | Should -HaveCount 2
        $events.Where({ $_.event -eq 'Error' }).id | Should -Be UnrecognizedFile, UnrecognizedFile
    }

    It 'warns when the member has lost access to a contract' {
        $all = $nightly -replace '^7001$', '7001,7003'
        (Invoke-Runbook Export-SalesActivity $all).ExitCode | Should -Be 0
        (Get-Event "$out/events.jsonl").Where({ $_.event -eq 'Warning' -and $_.message -match 'reporting access' }) |
            Should -BeNullOrEmpty

        $granted = 'function Get-SalesContract { [CmdletBinding()] param([switch] $ReportingOnly)
            [pscustomobject]@{ Contract = "urn:li:contract:7001" } }'
        $result = Invoke-Runbook Export-SalesActivity ($all -notmatch '^(-Contract|7001,7003)$') -Setup $granted
        $result.ExitCode | Should -Be 0 -Because $result.Text
        $warning = (Get-Event "$out/events.jsonl").Where({ $_.event -eq 'Warning' -and $_.message -match 'reporting access' })
        $warning.message | Should -BeLike 'urn:li:contract:7003 is not exported*'
    }

    It 'downloads an unrecognized file again when it was deleted' {
        Add-EmulatorFault $emulator @{
            kind       = 'rewrite'
            pathPrefix = '/ambry/'
            times      = 1
            rewrite    = @{ replace = @(@{ find = 'seatId'; with = 'seat#' }) }
        }
        (Invoke-Runbook Export-SalesActivity $nightly).ExitCode | Should -Be 1
        (Invoke-Runbook Export-SalesActivity $nightly).ExitCode | Should -Be 1 -Because 'it is kept'
        Get-Watermark | Should -BeNullOrEmpty
        Get-ChildItem -Path $out -Filter 'activity-*.csv' -Recurse | Remove-Item
        (Invoke-Runbook Export-SalesActivity $nightly).ExitCode | Should -Be 0
        Get-Watermark | Should -Not -BeNullOrEmpty
        Get-CreateCount | Should -Be 1
    }
}
