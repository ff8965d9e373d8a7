BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $emulator = Start-Emulator -Option @{ 'processing-time' = 0.5 }
    $soon = @{ PollInterval = [timespan] '0:0:0.1' }

    # Without the jobs of the other tests.
    $previousFolder = $env:LINKEDINEXPORTS_DATA
    $env:LINKEDINEXPORTS_DATA = "$TestDrive/data"
    $file = "$TestDrive/data/jobs.jsonl"
    Connect-Emulator $emulator

    function New-SeatJob([string] $Contract = '7001') {
        New-SalesAnalyticsExportJob $Contract Seat -StartAt 2025-01-01 -EndAt 2025-01-31
    }

    function Save-Job {
        $input | Wait-ExportJob @soon | Save-ExportFile -Destination "$TestDrive/exports"
    }
}

AfterAll {
    $env:LINKEDINEXPORTS_DATA = $previousFolder
    Disconnect-LinkedIn
    Stop-Emulator $emulator
}

Describe 'Get-ExportJob' {
    BeforeAll {
        $saved = New-SeatJob
        $files = $saved | Save-Job
        $running = New-CrmValidationExportJob $crm -ExportStartAt 2026-01-01
    }

    It 'lists the jobs in a new shell, the newest first' {
        $lines = Invoke-NewShell -Emulator $emulator -Script @"
            Import-Module '$manifest'
            Get-ExportJob | ForEach-Object { "`$(`$_.JobId) `$(`$_.ExportType) `$(`$_.Owner) `$(`$_.Period) `$(`$_.IsSaved)" }
"@
        $lines | Should -Be @(
            "$($running.JobId) CrmValidation DYNAMICS,0b7c1f52-1111-4222-8333-944455556666 from 2026-01-01 False"
            "$($saved.JobId) Seat 7001 2025-01-01 to 2025-01-31 True"
        )
    }

    It 'sends no request, and needs no connection' {
        Clear-Emulator $emulator
        (Get-ExportJob).JobId | Should -Be $running.JobId, $saved.JobId
        $lines = Invoke-NewSession -Script "Import-Module '$manifest'; (Get-ExportJob -Id $($saved.JobId)).State"
        $lines | Should -Be Completed
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'lists only the jobs of the connected API' {
        $connection = Connect-LinkedIn -AccessToken (ConvertTo-SecureString -String x -AsPlainText -Force) `
            -BaseUri http://127.0.0.1:9/v2/ -PassThru
        Connect-Emulator $emulator
        Get-ExportJob -Connection $connection | Should -BeNullOrEmpty
    }

    It 'shows both types of jobs in one table' {
        $table = Get-ExportJob | Format-Table | Out-String -Width 120
        ($table -split '\r?\n' | Where-Object { $_ -match '^ *JobId' }) |
            Should -Be '     JobId ExportType      State     Period (UTC)             IsSaved Owner'
        $table | Should -Match "$($saved.JobId) Seat +Completed 2025-01-01 to 2025-01-31 True +7001"
        $table | Should -Match "$($running.JobId) CrmValidation +Running +from 2026-01-01 +False +DYNAMICS,0b7c1f52-"
        Get-ExportJob $saved.JobId | Format-List | Out-String | Should -Match 'IsSaved +: True'
    }

    It 'reports an id that is not in the list' {
        $jobs = Get-ExportJob 5, $saved.JobId -ErrorVariable errors -ErrorAction SilentlyContinue
        $jobs.JobId | Should -Be $saved.JobId
        $errors.FullyQualifiedErrorId | Should -BeLike 'JobNotInHistory*'
    }

    It 'outputs jobs that survive <Name>' -ForEach @(
        @{ Name = 'CLIXML'; Copy = { $input | Export-Clixml "$TestDrive/jobs.xml"; Import-Clixml "$TestDrive/jobs.xml" } }
        @{ Name = 'JSON'; Copy = { $input | ConvertTo-Json | ConvertFrom-Json } }
        @{ Name = 'CSV'; Copy = { $input | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv } }
    ) {
        $copy = Get-ExportJob $saved.JobId | & $Copy
        [string] $copy.IsSaved | Should -Be 'True'
        $job = [LinkedInExports.SalesAnalyticsExportJob] $copy
        $job.IsSaved | Should -BeTrue
        $job.Contract | Should -Be urn:li:contract:7001
        ($copy | Save-ExportFile -Destination "$TestDrive/copy of $Name").RowCount | Should -Be $files.RowCount
    }

    It 'outputs jobs that the other commands continue with' {
        $files = Get-ExportJob | Where-Object State -EQ Running | Save-Job
        $files.JobId | Select-Object -Unique | Should -Be $running.JobId
        Get-ExportJob | Where-Object IsSaved -NE $true | Should -BeNullOrEmpty
    }

    It 'requests the state of running jobs with -Refresh' {
        $jobs = New-SeatJob
        $jobs = @(New-SeatJob 7003) + $jobs
        Start-Sleep -Milliseconds 700
        Clear-Emulator $emulator
        $path = "/v2/salesAnalyticsExportJobs/$($jobs[0].JobId)"
        Add-EmulatorFault $emulator @{ kind = 'status'; statusCode = 404; pathPrefix = $path }
        $all = Get-ExportJob -Refresh -ErrorVariable errors -ErrorAction SilentlyContinue
        $all.Count | Should -Be 4
        ($all | Where-Object JobId -EQ $jobs[1].JobId).State | Should -Be Completed
        ($all | Where-Object JobId -EQ $jobs[0].JobId).State | Should -Be Running
        $errors.FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        @(Get-EmulatorRequest $emulator).Count | Should -Be 2

        (Get-ExportJob -Refresh $jobs.JobId).State | Should -Be Completed, Completed
        @(Get-EmulatorRequest $emulator).Count | Should -Be 3
    }

    It 'requires a connection for -Refresh' {
        $lines = Invoke-NewSession -Script @"
            Import-Module '$manifest'
            try { Get-ExportJob -Refresh } catch { `$_.FullyQualifiedErrorId }
"@
        $lines | Should -BeLike 'NotConnected*'
    }

    It 'completes ids of other sessions' {
        $line = 'Get-ExportJob '
        $ids = Invoke-NewSession -Script @"
            Import-Module '$manifest'
            (TabExpansion2 -inputScript '$line' -cursorColumn $($line.Length)).CompletionMatches.CompletionText
"@
        $ids | Should -Be (Get-ExportJob).JobId
    }
}

Describe 'The job history' {
    BeforeAll {
        $null = New-SeatJob | Save-Job
    }

    It 'contains no token and no link, and can be read by its owner only' {
        $text = Get-Content -LiteralPath $file -Raw
        $text | Should -Not -Match ([regex]::Escape($emulator.Token))
        $text | Should -Not -Match 'ambry|https?:'
        if (-not ($PSVersionTable.PSEdition -eq 'Desktop' -or $IsWindows)) {
            [string] (Get-Item -LiteralPath $file).UnixFileMode | Should -Be 'UserWrite, UserRead'
        }
    }

    It 'has one line for each change, and none for each poll' {
        $job = New-SeatJob
        $null = $job | Save-Job
        Start-Sleep -Milliseconds 100
        $lines = @(Get-Content -LiteralPath $file | Where-Object { $_ -match "`"jobId`":$($job.JobId)," })
        $lines.Count | Should -BeIn 3, 4, 5 # Created, ENQUEUED and PROCESSING if a poll has seen them, COMPLETED, and saved.
    }

    It 'has the jobs of shells that run at the same time' {
        $script = @"
            Import-Module '$manifest'
            foreach (`$number in 1..20) { (New-SalesAnalyticsExportJob 7003 Seat -StartAt 2025-01-01 -EndAt 2025-01-02).JobId }
"@
        $shells = foreach ($number in 1, 2) { Start-NewShell -Script $script -Emulator $emulator }
        $ids = $shells.ForEach{ $_.StandardOutput.ReadToEnd().Trim() -split '\r?\n' }
        $ids.Count | Should -Be 40
        (Get-ExportJob $ids).Count | Should -Be 40
    }

    It 'is not written, and its absence reported once, when the folder cannot be created' {
        $null = New-Item -ItemType File -Path "$TestDrive/not-a-folder"
        $environment = @{ LINKEDINEXPORTS_DATA = "$TestDrive/not-a-folder/x" }
        $lines = Invoke-NewSession -Emulator $emulator -Environment $environment -Script @"
            Import-Module '$manifest'
            foreach (`$number in 1, 2) {
                (New-SalesAnalyticsExportJob 7003 Seat -StartAt 2025-01-01 -EndAt 2025-01-02).ExportType
            }
"@
        @($lines | Where-Object { $_ -eq 'Seat' }).Count | Should -Be 2
        @($lines | Where-Object { $_ -match 'The job history could not be written: ' }).Count | Should -Be 1
    }

    It 'does not exist when LINKEDINEXPORTS_DATA is off' {
        $lines = Invoke-NewSession -Emulator $emulator -Environment @{ LINKEDINEXPORTS_DATA = 'off' } -Script @"
            Import-Module '$manifest'
            `$before = (Get-Item -LiteralPath '$file').Length
            (New-SalesAnalyticsExportJob 7003 Seat -StartAt 2025-01-01 -EndAt 2025-01-02).ExportType
            (Get-Item -LiteralPath '$file').Length - `$before
            Get-ExportJob
"@
        $lines[0] | Should -Be Seat
        $lines[1] | Should -Be 0
        $lines[2] | Should -BeLike '*There is no job history*'
    }
}
