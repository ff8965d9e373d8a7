BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $folder = Join-Path -Path (Split-Path -Path $manifest) -ChildPath 'module/runbooks'
    $crm = Get-CrmInstance
    $emulator = Start-Emulator -Option @{ 'processing-time' = 1; parts = 2 }
    Connect-Emulator $emulator
    $connection = Get-LinkedInConnection
    $quick = @{ PollInterval = 0.2 }
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Traces' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
    BeforeAll {
        Add-Type -TypeDefinition @'
using System.Collections.Concurrent;
using System.Diagnostics;

public static class SpanRecorder
{
    public static readonly ConcurrentQueue<Activity> Spans = new ConcurrentQueue<Activity>();
    public static readonly ActivitySource Caller = new ActivitySource("Caller");

    public static void Start()
    {
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name is "LinkedInExports" or "Caller",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Enqueue,
        });
    }
}
'@
        [SpanRecorder]::Start()

        function Get-Span([string] $Name) { @([SpanRecorder]::Spans | Where-Object OperationName -Like $Name) }

        function Get-ParentName($Span) {
            [SpanRecorder]::Spans | Where-Object SpanId -EQ $Span.ParentSpanId | ForEach-Object OperationName
        }
    }

    BeforeEach { [SpanRecorder]::Spans.Clear() }

    It 'have a span for each command of a pipeline, whose parent is the span of the caller' {
        $caller = [SpanRecorder]::Caller.StartActivity('caller')
        $null = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob @quick |
            Save-ExportFile -Destination "$TestDrive/one"
        [System.Diagnostics.Activity]::Current | Should -Be $caller
        $caller.Dispose()
        foreach ($command in 'New-CrmValidationExportJob', 'Wait-ExportJob', 'Save-ExportFile') {
            $span = Get-Span $command
            $span.Count | Should -Be 1 -Because $command
            Get-ParentName $span[0] | Should -Be caller
        }
        Get-Span 'save part' | ForEach-Object { Get-ParentName $_ } | Should -Be 'Save-ExportFile', 'Save-ExportFile'
        Get-EmulatorRequest $emulator | ForEach-Object { $_.headers.name } | Should -Not -Contain traceparent
    }

    It 'have the error of a path without a file' {
        Import-ExportFile "$TestDrive/none.csv" -ErrorAction SilentlyContinue
        (Get-Span 'Import-ExportFile')[0].GetTagItem('error.type') | Should -Be InvalidPath
    }

    It 'keep the parents of parallel runspaces apart' {
        1..6 | ForEach-Object -ThrottleLimit 3 -Parallel {
            Import-Module -Name $using:manifest
            $caller = [SpanRecorder]::Caller.StartActivity("caller $_")
            $connected = @{ Connection = $using:connection }
            $null = New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-02 @connected |
                Get-SalesAnalyticsExportJob @connected
            $caller.Dispose()
        }
        $creates = Get-Span 'create export job'
        $creates.Count | Should -Be 6
        $creates | ForEach-Object { Get-ParentName $_ } | Sort-Object -Unique | Should -Be 'New-SalesAnalyticsExportJob'
        foreach ($command in 'New-SalesAnalyticsExportJob', 'Get-SalesAnalyticsExportJob') {
            Get-Span $command | ForEach-Object { Get-ParentName $_ } | Sort-Object |
                Should -Be @(1..6 | ForEach-Object { "caller $_" })
        }
    }

    It 'end with the first error of a command' {
        $null = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 |
            Save-ExportFile -Destination "$TestDrive/early" -ErrorAction SilentlyContinue
        $span = Get-Span 'Save-ExportFile'
        $span[0].Status | Should -Be Error
        $span[0].GetTagItem('error.type') | Should -Be ExportJobNotCompleted
    }

    It 'cover a runbook, whose log and output have the summaries of its commands' {
        $log = "$TestDrive/events.jsonl"
        $env:LINKEDIN_ACCESS_TOKEN = $emulator.Token
        $env:LINKEDIN_BASE_URI = $emulator.BaseUri
        try {
            $export = @{ ExportStartAt = '2025-01-01'; EventLogPath = $log }
            $shown = & "$folder/Export-ValidationDelta.ps1" $crm "$TestDrive/delta" @export 6>&1
        }
        finally {
            Remove-Item -Path Env:LINKEDIN_ACCESS_TOKEN, Env:LINKEDIN_BASE_URI
            Connect-Emulator $emulator
        }

        $events = Get-Content -LiteralPath $log | ConvertFrom-Json
        $run = Get-Span 'Export-ValidationDelta'
        $run.Count | Should -Be 1
        $run[0].Duration.TotalSeconds | Should -BeGreaterOrEqual (0.99 * ($events | Where-Object event -EQ RunEnded).seconds)
        foreach ($command in 'Import-Module', 'New-CrmValidationExportJob', 'Wait-ExportJob', 'Save-ExportFile') {
            (Get-Span $command).ParentSpanId | Should -Be $run[0].SpanId
        }

        $summaries = $events | Where-Object event -EQ Summary
        $summaries.command | Sort-Object | Should -Be 'Save-ExportFile', 'Wait-ExportJob'
        ($summaries | Where-Object command -EQ Save-ExportFile).rows | Should -Be 200
        $lines = $shown | Where-Object { $_ -is [System.Management.Automation.InformationRecord] } | ForEach-Object { "$_" }
        @($lines -like 'Save-ExportFile completed 2 files*').Count | Should -Be 1
        @($lines -like 'Wait-ExportJob completed 1 job*').Count | Should -Be 1
    }
}

Describe 'The summary of a command' {
    It 'is the last information record' {
        $null = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob @quick -InformationVariable waited |
            Save-ExportFile -Destination "$TestDrive/summary" -InformationVariable saved
        $waited.Tags | Should -Be LinkedInExports.Summary
        $summary = $waited.MessageData
        $summary | Should -BeOfType LinkedInExports.CommandSummary
        $summary.Command, $summary.ItemType, $summary.Completed, $summary.Failed, $summary.Remaining |
            Should -Be 'Wait-ExportJob', 'Job', 1, 0, 0
        $summary.WaitingTime | Should -BeGreaterThan '0:0:0.5'
        $summary.WaitingTime | Should -BeLessOrEqual $summary.Duration
        $files = $saved.MessageData
        $files.Completed, $files.RowCount | Should -Be 2, 200
        $files.BytesReceived | Should -BeGreaterThan 200
        "$files" | Should -BeLike 'Save-ExportFile completed 2 files with 200 rows in * (* waiting); 0 failed, 0 remaining. Rec*'
    }

    It 'counts what failed, and what remains for another run' {
        $jobs = @(
            New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
            [LinkedInExports.CrmValidationExportJob]@{ JobId = 1; CrmInstanceId = $crm }
        )
        $null = $jobs | Wait-ExportJob -StopAfter 0.3 -ErrorAction SilentlyContinue -InformationVariable summary
        $summary.MessageData.Completed, $summary.MessageData.Failed, $summary.MessageData.Remaining | Should -Be 0, 1, 1
    }

    It 'counts a path without a file' {
        $null = Send-CandidateResume "$TestDrive/none.pdf" -Contract 1 -ErrorAction SilentlyContinue -InformationVariable summary
        $summary.MessageData.Failed | Should -Be 1
    }

    It 'counts a resume that was rejected once' {
        $records = [pscustomobject]@{ CandidateId = 'C-1'; ResumeId = 'R-1'; CreatedAt = 'never' },
            [pscustomobject]@{ CandidateId = 'C-2' }
        $null = $records | Sync-CandidateResume -IntegrationContext 1 -ErrorAction SilentlyContinue -InformationVariable summary
        $summary.MessageData.Completed, $summary.MessageData.Failed, $summary.MessageData.Remaining | Should -Be 0, 2, 0
    }

    It 'is not written without items' {
        $null = @() | Wait-ExportJob -InformationVariable summary
        $summary | Should -BeNullOrEmpty
    }
}

Describe 'An emulator with a faster clock' {
    It 'completes a job of two hours in seconds, with the limits of the module' {
        $fast = Start-Emulator -Option @{ 'time-scale' = 5000; 'processing-time' = 7200; parts = 1 }
        try {
            Connect-Emulator $fast
            $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob -InformationVariable summary
            $job.State | Should -Be Completed
            $summary.MessageData.Duration | Should -BeLessThan '0:0:20'
            @(Get-EmulatorRequest $fast).Count | Should -BeLessThan 180
            $job | Wait-ExportJob -StopAfter 60 | Save-ExportFile -Destination "$TestDrive/fast" | Should -HaveCount 1
        }
        finally {
            Stop-Emulator $fast
            Connect-Emulator $emulator
        }
    }
}
