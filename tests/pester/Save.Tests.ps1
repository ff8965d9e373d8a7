BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $soon = [timespan] '0:0:0.1'
    $silent = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }

    function Set-Behavior([hashtable] $Behavior) {
        $null = Invoke-RestMethod -Method Post -Uri "$($emulator.Url)/emulator/behavior" -Body ($Behavior | ConvertTo-Json)
    }

    # What a runbook runs each day. Errors and warnings of Save-ExportFile are left in $script:problems and $script:warnings.
    function Invoke-Daily([hashtable] $Save = @{}) {
        New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-10 -CheckpointPath $checkpoint |
            Wait-ExportJob -PollInterval $soon |
            Save-ExportFile -Destination $out -CheckpointPath $checkpoint @Save @silent `
                -ErrorVariable script:problems -WarningVariable script:warnings
    }

    function Get-Series {
        (Get-Content -LiteralPath $checkpoint -Raw | ConvertFrom-Json).state.series[0]
    }

    function Get-CreateCount {
        @(Get-EmulatorRequest $emulator | Where-Object method -EQ POST).Count
    }
}

Describe 'Save-ExportFile' {
    BeforeAll {
        $emulator = Start-Emulator -Option @{ parts = 2; 'activity-interval' = 3600 }
        Connect-Emulator $emulator
    }

    AfterAll {
        Stop-Emulator $emulator
    }

    BeforeEach {
        Clear-Emulator $emulator
        $null = Invoke-RestMethod -Method Delete -Uri "$($emulator.Url)/emulator/behavior"
        $checkpoint = Join-Path -Path $TestDrive -ChildPath "$([guid]::NewGuid())/activity.json"
        $out = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid())
    }

    It 'reports a completed job without a link, and the next run asks for the same period' {
        Set-Behavior @{ linksMissingFor = 'forever' }
        foreach ($day in 1, 2) {
            Invoke-Daily -Save @{ StopAfter = 7 } | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -Be 'ExportLinksMissing,LinkedInExports.Commands.SaveExportFileCommand'
            $problems.Exception.Message | Should -Match 'is completed and has 240 rows, but LinkedIn returned no download link'
            $problems.ErrorDetails.RecommendedAction | Should -Match 'again later'
            "$warnings" | Should -Match 'no download link yet'
            (Get-Series).watermark | Should -BeNullOrEmpty
            (Get-Series).slices[0].jobId | Should -Be 100004
        }
        Get-CreateCount | Should -Be 1

        Set-Behavior @{ linksMissingFor = $null }
        (Invoke-Daily).RowCount | Should -Be 240
        (Get-Series).watermark | Should -Not -BeNullOrEmpty
        Get-CreateCount | Should -Be 1
    }

    It 'saves a job whose link appears later' {
        Set-Behavior @{ linksMissingFor = 12 }
        $file = Invoke-Daily
        $file.RowCount | Should -Be 240
        (Get-Series).watermark | Should -Not -BeNullOrEmpty
    }

    It 'counts a job with a row count of 0 and no link as saved' {
        Set-Behavior @{ linksMissingFor = 'forever'; rowCountOffset = -240 }
        Invoke-Daily | Should -BeNullOrEmpty
        "$warnings" | Should -Match 'row count of 0'
        (Get-Series).watermark | Should -Not -BeNullOrEmpty
    }

    It 'saves and reports a file <Name>' -ForEach @(
        @{
            Name       = 'with another header spelling'
            Behavior   = @{ headerSpelling = 'Words' }
            Recognized = $false
            Report     = "spells activityId as 'Activity Id'"
        }
        @{ Name = 'with semicolons'; Behavior = @{ delimiter = ';' }; Recognized = $false; Report = "separated by ';'" }
        @{
            Name       = 'without a documented column'
            Behavior   = @{ omittedColumns = @('seatId') }
            Recognized = $false
            Report     = 'lacks seatId'
        }
        @{
            Name       = 'with another number of rows'
            Behavior   = @{ rowCountOffset = 7 }
            Recognized = $false
            Report     = 'has 240 rows, and LinkedIn announced 247'
        }
        @{
            Name       = 'without the optional memberIdentityKey'
            Behavior   = @{ omittedColumns = @('memberIdentityKey') }
            Recognized = $true
            Report     = 'optional column memberIdentityKey'
        }
        @{
            Name       = 'with a row count that includes the header'
            Behavior   = @{ rowCount = 'DataAndHeader' }
            Recognized = $true
            Report     = 'includes the header'
        }
    ) {
        Set-Behavior $Behavior
        $file = Invoke-Daily
        $problems | Should -BeNullOrEmpty
        $file.RowCount | Should -Be 240
        $file.IsRecognized | Should -Be $Recognized
        $file.Sha256 | Should -Be (Get-FileHash -LiteralPath $file.Path).Hash
        "$warnings" | Should -BeLike "*$Report*"
        "$($file.Difference)" | Should -BeLike $(if ($Recognized) { '' } else { "*$Report*" })
        (Get-Content -LiteralPath "$($file.Path).manifest.json" | ConvertFrom-Json).isRecognized | Should -Be $Recognized
        $file | Test-ExportFile | Should -BeTrue
        @($file | Import-ExportFile -WarningAction SilentlyContinue).Count | Should -Be 240

        [bool] (Get-Series).watermark | Should -Be $Recognized
        if (-not $Recognized) {
            (Invoke-Daily -Save @{ AcceptUnrecognized = $true }).IsRecognized | Should -BeFalse
            (Get-Series).watermark | Should -Not -BeNullOrEmpty
        }
        Get-CreateCount | Should -Be 1
        @(Get-EmulatorRequest $emulator | Where-Object rawTarget -Like '/ambry/*').Count | Should -Be 1
    }

    It 'keeps an unrecognized file and downloads it again with -Force' {
        Add-EmulatorFault $emulator @{
            kind       = 'rewrite'
            pathPrefix = '/ambry/'
            times      = 1
            rewrite    = @{ replace = @(@{ find = 'seatId'; with = 'seat#' }) }
        }
        foreach ($run in 1, 2) {
            (Invoke-Daily).IsRecognized | Should -BeFalse
            "$warnings" -match 'file of an earlier run; -Force downloads it again' | Should -Be ($run -eq 2)
            "$warnings" | Should -Match 'specify -Force; to accept them, specify -AcceptUnrecognized'
            (Get-Series).watermark | Should -BeNullOrEmpty
        }
        $file = Invoke-Daily -Save @{ Force = $true }
        $file.IsRecognized | Should -BeTrue
        $file | Test-ExportFile | Should -BeTrue
        (Get-Series).watermark | Should -Not -BeNullOrEmpty
        Get-CreateCount | Should -Be 1
        @(Get-EmulatorRequest $emulator | Where-Object rawTarget -Like '/ambry/*').Count | Should -Be 2
    }

    It 'ends after -StopAfter while a server sends no data' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob -PollInterval $soon
        Add-EmulatorFault $emulator @{ kind = 'stallBody'; atByte = 10; pathPrefix = '/ambry/'; times = -1 }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $job | Save-ExportFile -Destination $out -StopAfter 2 -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $watch.Elapsed.TotalSeconds | Should -BeGreaterThan 1.9
        $problems.FullyQualifiedErrorId | Sort-Object -Unique |
            Should -Be 'SaveTimedOut,LinkedInExports.Commands.SaveExportFileCommand'
        $problems.CategoryInfo.Category | Sort-Object -Unique | Should -Be OperationTimeout
        @(Get-ChildItem -LiteralPath $out).Count | Should -Be 0
        { $job | Save-ExportFile -Destination $out -StopAfter -1 } |
            Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'reports the second of two jobs with one number' {
        $job = New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-10 |
            Wait-ExportJob -PollInterval $soon
        $job | Export-Clixml -Path "$TestDrive/job.xml"
        (Get-Content -LiteralPath "$TestDrive/job.xml" -Raw).Replace('contract:7001', 'contract:7003') |
            Set-Content -LiteralPath "$TestDrive/other.xml"
        $files = $job, (Import-Clixml -Path "$TestDrive/other.xml") |
            Save-ExportFile -Destination $out -ErrorVariable problems -ErrorAction SilentlyContinue
        @($files).Count | Should -Be 1
        $problems.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $problems.Exception.Message | Should -Match 'urn:li:contract:7003 has the same number'
    }

    It 'rejects a UNC path outside Windows and creates no folder' -Skip:([System.IO.Path]::DirectorySeparatorChar -eq '\') {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob -PollInterval $soon
        { $job | Save-ExportFile -Destination '\\srv\share' } | Should -Throw -ErrorId 'InvalidPath,*'
        Join-Path -Path ([Environment]::CurrentDirectory) -ChildPath '\\srv\share' | Test-Path | Should -BeFalse
    }
}

Describe 'Wait-ExportJob' {
    It 'continues after an outage within its timeout' {
        $emulator = Start-Emulator -Option @{ 'processing-time' = 1 }
        try {
            Connect-Emulator $emulator
            $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
            Add-EmulatorFault $emulator @{ kind = 'status'; statusCode = 503; forSeconds = 20; times = -1 }
            $done = $job | Wait-ExportJob -Timeout 0:6:0 -WarningVariable warnings -ErrorVariable problems @silent
            $done.Status | Should -Be COMPLETED
            $problems | Should -BeNullOrEmpty
            @($warnings -match 'Polling continues until the timeout').Count | Should -Be 1
        }
        finally {
            Stop-Emulator $emulator
        }
    }

    It 'ends without an error when it gets no job' {
        foreach ($run in 1..200) { @() | Wait-ExportJob -ErrorAction Stop }
    }
}
