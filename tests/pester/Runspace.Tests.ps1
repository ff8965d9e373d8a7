BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $emulator = Start-Emulator
    Connect-Emulator $emulator
    $connection = Get-LinkedInConnection

    # Copies an object like Export-Clixml, remoting or a job of another process.
    function Copy-ThroughSerialization($Object) {
        $text = [System.Management.Automation.PSSerializer]::Serialize($Object, 2)
        [System.Management.Automation.PSSerializer]::Deserialize($text)
    }
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'A deserialized object' {
    It 'binds to parameters: jobs, contracts, saved files, uploads' {
        $contract = Copy-ThroughSerialization (Get-SalesContract -ReportingOnly | Select-Object -First 1)
        $contract.PSObject.TypeNames[0] | Should -Be 'Deserialized.LinkedInExports.SalesContract'
        $job = Copy-ThroughSerialization ($contract |
            New-SalesAnalyticsExportJob -ExportType Activity -StartAt 2025-01-01 -EndAt 2025-01-02)
        $job = Copy-ThroughSerialization ($job | Wait-ExportJob -PollInterval 0.1)
        ($job | Get-SalesAnalyticsExportJob).State | Should -Be Completed
        $file = Copy-ThroughSerialization ($job | Save-ExportFile -Destination "$TestDrive/back")
        $file.ExportType | Should -Be Activity
        $file | Test-ExportFile | Should -BeTrue
        @($file | Import-ExportFile).Count | Should -Be 48
        '%PDF-1.4' | Set-Content -LiteralPath "$TestDrive/C-100.pdf"
        $upload = Copy-ThroughSerialization (Send-CandidateResume -LiteralPath "$TestDrive/C-100.pdf" -Contract 7001)
        ($upload | Select-Object -Property ResumeFile, @{ n = 'CandidateId'; e = { 'C-100' } }, @{ n = 'ResumeId'; e = { 'R' } },
            @{ n = 'CreatedAt'; e = { '2025-01-01' } } |
            Sync-CandidateResume -IntegrationContext 1234567890).Outcome | Should -Be Synced
    }

    It 'is a job again when it comes from <Name>' -ForEach @(
        @{ Name = 'JSON'; Copy = { $input | ConvertTo-Json | ConvertFrom-Json } }
        @{ Name = 'CSV'; Copy = { $input | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Name = 'Select-Object'; Copy = { $input | Select-Object -Property * } }
    ) {
        $jobs = @(
            New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
            New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-02
        )
        $copies = $jobs | ForEach-Object { $_ | & $Copy }
        $copies[0] | Should -Not -BeOfType LinkedInExports.ExportJob
        $completed = $copies | Wait-ExportJob -PollInterval 0.1
        $completed.JobId | Sort-Object | Should -Be ($jobs.JobId | Sort-Object)
        $files = $completed | ForEach-Object { $_ | & $Copy } | Save-ExportFile -Destination "$TestDrive/$([guid]::NewGuid())"
        $files.ExportType | Sort-Object -Unique | Should -Be CrmValidation, Activity
        [LinkedInExports.ExportJob] $copies[1] | Select-Object ExportType, StartAt, CreatedAt | ConvertTo-Csv |
            Should -Be ([LinkedInExports.ExportJob] $jobs[1] | Select-Object ExportType, StartAt, CreatedAt | ConvertTo-Csv)
    }

    It 'is no job when it is a record' {
        $record = New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-02 |
            Wait-ExportJob -PollInterval 0.1 | Save-ExportFile -Destination "$TestDrive/record" |
            Import-ExportFile | Select-Object -First 1
        $record.JobId | Should -BeGreaterThan 0
        { $record | Wait-ExportJob -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
        { $record | Select-Object * | Wait-ExportJob -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
    }

    It 'is rejected with a hint when it is not a job' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
        { $job | Save-ExportFile ./exports } | Should -Throw -ExpectedMessage "*'./exports' is not an export job*-Destination*"
        { Wait-ExportJob 148 } | Should -Throw -ExpectedMessage "*'148' is not an export job*Get-CrmValidationExportJob*"
    }

    It 'has all scalar properties' {
        $files = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob |
            Save-ExportFile -Destination "$TestDrive/scalars"
        foreach ($thing in $files[0], (Get-SalesContract)[0], ($files | Import-ExportFile | Select-Object -First 1)) {
            $back = Copy-ThroughSerialization $thing
            foreach ($property in $thing.PSObject.Properties) {
                "$($back.($property.Name))" | Should -Be "$($property.Value)" -Because $property.Name
            }
        }
    }

    It 'is converted to JSON without truncation' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob
        $file = ($job | Save-ExportFile -Destination "$TestDrive/json")[0]
        $record = $file | Import-ExportFile | Select-Object -First 1
        foreach ($thing in $job, $file, $record, $connection, (Get-SalesContract)[0]) {
            $json = $thing | ConvertTo-Json -Depth 2 -WarningVariable cut -WarningAction SilentlyContinue
            $cut | Should -BeNullOrEmpty -Because $thing.GetType().Name
            $json | Should -Not -Match 'x-li-ambry|canary'
        }
    }
}

Describe 'A connection in parallel' {
    It 'is used by ForEach-Object -Parallel' {
        $files = 7001, 7003 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $PSDefaultParameterValues = @{
                '*-SalesAnalyticsExportJob:Connection' = $using:connection
                '*-ExportJob:Connection'               = $using:connection
                'Save-ExportFile:Connection'           = $using:connection
            }
            New-SalesAnalyticsExportJob $_ Activity -StartAt 2025-01-01 -EndAt 2025-01-31 | Wait-ExportJob -PollInterval 0.1 |
                Save-ExportFile -Destination "$using:TestDrive/parallel"
        }
        $files.RowCount | Should -Be (31 * 24), (31 * 24)
        @($files.Path | Sort-Object -Unique).Count | Should -Be 2
    }

    It 'is used by Start-ThreadJob, which outputs live objects' {
        $work = 1..3 | ForEach-Object {
            Start-ThreadJob -ThrottleLimit 3 -ScriptBlock {
                Import-Module $using:manifest
                New-CrmValidationExportJob $using:crm -ExportStartAt 2025-01-01 -Connection $using:connection |
                    Wait-ExportJob -Connection $using:connection
            }
        }
        $jobs = $work | Receive-Job -Wait -AutoRemoveJob
        @($jobs.JobId | Sort-Object -Unique).Count | Should -Be 3
        $jobs | ForEach-Object { $_ | Should -BeOfType [LinkedInExports.CrmValidationExportJob] }
        @($jobs[0] | Save-ExportFile -Destination "$TestDrive/thread").Count | Should -Be 3
    }

    It 'is created from the environment by Start-Job, whose jobs can be used here' {
        $background = Start-Job -ScriptBlock {
            $env:LINKEDIN_ACCESS_TOKEN = $using:emulator.Token
            $env:LINKEDIN_BASE_URI = $using:emulator.BaseUri
            Import-Module $using:manifest
            New-SalesAnalyticsExportJob 7001 Seat -StartAt 2025-01-01 -EndAt 2025-01-31
        }
        $job = $background | Receive-Job -Wait -AutoRemoveJob
        @($job | Wait-ExportJob -PollInterval 0.1 | Save-ExportFile -Destination "$TestDrive/process").Count | Should -Be 1
    }

    It 'is separate for each runspace' {
        $second = Start-Emulator
        $shell = [powershell]::Create()
        try {
            $seen = @($shell.AddScript(@"
                Import-Module '$manifest'
                Get-LinkedInConnection
                `$token = ConvertTo-SecureString '$($second.Token)' -AsPlainText -Force
                Connect-LinkedIn `$token -BaseUri '$($second.BaseUri)' -PassThru
"@).Invoke())
            $shell.HadErrors | Should -BeFalse
            # It had no connection before, and did not change the connection of this runspace.
            $seen.Count | Should -Be 1
            $seen[0].BaseUri | Should -Be $second.BaseUri
            (Get-LinkedInConnection).BaseUri | Should -Be $emulator.BaseUri
            Disconnect-LinkedIn
            $shell.Commands.Clear()
            $shell.AddScript('(Get-LinkedInConnection).BaseUri').Invoke() | Should -Be $second.BaseUri
        }
        finally {
            $shell.Dispose()
            Stop-Emulator $second
            Connect-Emulator $emulator
        }
    }
}
