# Also for Windows PowerShell, in whose syntax it is.
#Requires -Version 5.1
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $soon = [timespan] '0:0:0.1'

    # The command that a runbook runs every day.
    function Invoke-Daily {
        [CmdletBinding()]
        param()

        New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -CheckpointPath $checkpoint |
            Wait-ExportJob -PollInterval $soon |
            Save-ExportFile -Destination $out -CheckpointPath $checkpoint
    }

    function Get-CreateCount {
        @(Get-EmulatorRequest $emulator | Where-Object method -EQ POST).Count
    }
}

Describe 'A daily export with a checkpoint' {
    BeforeEach {
        $emulator = Start-Emulator -Option @{ rows = 50; parts = 2 }
        Connect-Emulator $emulator
        $checkpoint = Join-Path -Path $TestDrive -ChildPath "$([guid]::NewGuid())/crm.json"
        $out = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid())
    }

    AfterEach {
        Stop-Emulator $emulator
    }

    It 'starts a day before the end of the previous one' {
        $first = Invoke-Daily
        $first.Count | Should -Be 2
        $second = Invoke-Daily -WarningVariable warnings
        @($second).Count | Should -Be 1 # Of the one day that is exported again.
        $second.RowCount | Should -BeLessThan 10
        $warnings | Should -BeNullOrEmpty
        $one = Get-CrmValidationExportJob $first[0].JobId -CrmInstanceId $crm
        $two = Get-CrmValidationExportJob $second[0].JobId -CrmInstanceId $crm
        $two.ExportStartAt | Should -Be $one.ExportEndAt.AddDays(-1)
        Get-Content -Raw -LiteralPath $checkpoint | Should -Not -Match 'ambry|canary'
    }

    It 'starts before the end of the previous one by -Overlap' {
        $first = Invoke-Daily
        $end = (Get-CrmValidationExportJob $first[0].JobId -CrmInstanceId $crm).ExportEndAt
        New-CrmValidationExportJob $crm -CheckpointPath $checkpoint -Overlap 3600 | ForEach-Object ExportStartAt |
            Should -Be $end.AddHours(-1)
        { New-CrmValidationExportJob $crm -CheckpointPath $checkpoint -Overlap -1 } |
            Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'requires -ExportStartAt only the first time' {
        { New-CrmValidationExportJob $crm -CheckpointPath $checkpoint -ErrorAction Stop } |
            Should -Throw -ErrorId 'ExportStartRequired,LinkedInExports.Commands.NewCrmValidationExportJobCommand'
        $null = Invoke-Daily
        $job = New-CrmValidationExportJob $crm -CheckpointPath $checkpoint
        $job.ExportStartAt | Should -BeGreaterThan ([datetime] '2025-01-02')
    }

    It 'requires -ExportStartAt without a checkpoint' {
        { New-CrmValidationExportJob $crm -ExportStartAt $null } | Should -Throw
        $default = (Get-Command New-CrmValidationExportJob).ParameterSets | Where-Object IsDefault
        $default.Parameters.Where({ $_.Name -eq 'ExportStartAt' }).IsMandatory | Should -BeTrue
    }

    It 'is in use by all commands of a pipeline, and rejects another runspace' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$manifest'").Invoke()
            $connection = Get-LinkedInConnection
            $attempt = {
                $shell.Commands.Clear()
                $create = @{ CrmInstanceId = $crm; CheckpointPath = $checkpoint; Connection = $connection }
                $null = $shell.AddScript('param($Create) New-CrmValidationExportJob @Create').AddArgument($create)
                $jobs = $shell.Invoke()
                if ($shell.HadErrors) { $shell.Streams.Error[0].FullyQualifiedErrorId } else { $jobs.JobId }
                $shell.Streams.Error.Clear()
            }
            $refusals = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -CheckpointPath $checkpoint | ForEach-Object {
                & $attempt
            }
            $refusals | Should -BeLike 'CheckpointInUse,*'
            & $attempt | Should -Be 148
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'creates nothing with -WhatIf' {
        New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -CheckpointPath $checkpoint -WhatIf | Should -BeNullOrEmpty
        New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -CheckpointPath $checkpoint -WhatIf | Should -BeNullOrEmpty
        Split-Path -Path $checkpoint | Should -Not -Exist
        Get-CreateCount | Should -Be 0
    }

    It 'continues with the job of a process that was killed during a download' {
        $slow = @{ kind = 'stallBody'; atByte = 100; pathPrefix = '/ambry/'; skip = 1 }
        Add-EmulatorFault $emulator $slow
        $shell = Start-NewShell -Emulator $emulator -Script @"
            Import-Module '$manifest'
            New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01 -CheckpointPath '$checkpoint' | Wait-ExportJob |
                Save-ExportFile -Destination '$out' -CheckpointPath '$checkpoint' -ThrottleLimit 1
"@
        # The first part is saved, and the second is incomplete.
        Wait-Until { (Test-Path -Path "$out/*.csv") -and (Test-Path -Path "$out/*.csv.partial") }
        "$out/*part001.csv" | Should -Exist
        "$out/*part002.csv" | Should -Not -Exist

        # No other process gets the checkpoint while it runs.
        { Invoke-Daily } | Should -Throw -ErrorId 'CheckpointInUse,*'
        $shell.Kill()
        $shell.WaitForExit()
        Clear-Emulator $emulator

        $files = Invoke-Daily
        $files.Part | Should -Be 1, 2
        $files | Test-ExportFile | Should -Be $true, $true
        Get-CreateCount | Should -Be 0
        @(Get-EmulatorRequest $emulator | Where-Object rawTarget -Like '/ambry/*').Count | Should -Be 1
        @(Get-ChildItem -Path $out).Name | Sort-Object | Should -Be @(
            'crm-validation-148-part001.csv', 'crm-validation-148-part001.csv.manifest.json'
            'crm-validation-148-part002.csv', 'crm-validation-148-part002.csv.manifest.json')
        Invoke-Daily | ForEach-Object JobId | Should -Be 149
    }

    It 'does not repeat a request that may have created a job' {
        Add-EmulatorFault $emulator @{ kind = 'resetAfterEffect'; method = 'POST' }
        { Invoke-Daily -ErrorAction Stop } | Should -Throw -ErrorId 'CreateOutcomeUnknown,*'
        $problems = @(Invoke-Daily -ErrorAction Continue 2>&1)
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CreateOutcomeUnknown,*'
        $problems[0].ErrorDetails.RecommendedAction | Should -Match '-Force'
        Get-CreateCount | Should -Be 1
        New-CrmValidationExportJob $crm -CheckpointPath $checkpoint -Force -WarningAction SilentlyContinue |
            ForEach-Object JobId | Should -Be 149
    }

    It 'does not change a damaged checkpoint' {
        $null = Invoke-Daily
        $text = (Get-Content -Raw -LiteralPath $checkpoint).Replace('CrmValidation', 'CrmValidatiom')
        Set-Content -LiteralPath $checkpoint -Value $text -NoNewline
        Clear-Emulator $emulator
        { Invoke-Daily } | Should -Throw -ErrorId 'CheckpointCorrupt,*'
        {
            $job = [LinkedInExports.CrmValidationExportJob] @{ JobId = 148; CrmInstanceId = $crm }
            Save-ExportFile -InputObject $job -Destination $out -CheckpointPath $checkpoint
        } | Should -Throw -ErrorId 'CheckpointCorrupt,*'
        Get-Content -Raw -LiteralPath $checkpoint | Should -BeExactly $text
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'rejects the checkpoint of another server' {
        $null = Invoke-Daily
        $other = Start-Emulator
        try {
            Connect-Emulator $other
            { Invoke-Daily } | Should -Throw -ErrorId 'CheckpointServerMismatch,*'
        }
        finally {
            Stop-Emulator $other
        }
    }

    It 'releases the checkpoint when a pipeline is stopped' {
        $one = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -CheckpointPath $checkpoint |
            Wait-ExportJob -PollInterval $soon |
            Save-ExportFile -Destination $out -CheckpointPath $checkpoint -ThrottleLimit 1 | Select-Object -First 1
        $one.Part | Should -Be 1
        (Invoke-Daily).Count | Should -Be 2
    }

    It 'records the watermark of each contract and type' {
        $daily = {
            '7001', '7003' | New-SalesAnalyticsExportJob -ExportType Activity,
                Seat -StartAt 2025-01-01 -CheckpointPath $checkpoint |
                Wait-ExportJob -PollInterval $soon | Save-ExportFile -Destination $out -CheckpointPath $checkpoint
        }
        $files = & $daily
        ($files.ExportType | Group-Object).Name | Sort-Object | Should -Be Activity, Seat
        & $daily 3>&1 | ForEach-Object { "$_" } | Should -Match 'nothing new'
        $state = (Get-Content -Raw -LiteralPath $checkpoint | ConvertFrom-Json).state
        $state.series.Count | Should -Be 4
        $state.series.watermark | Select-Object -Unique | Should -HaveCount 1
        $state.series.slices | Should -BeNullOrEmpty
    }
}
