BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $emulator = Start-Emulator
    Connect-Emulator $emulator
    $connection = Get-LinkedInConnection

    # As it comes from Export-Clixml, remoting or a job of another process.
    function Copy-ThroughSerialization($Object) {
        [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Object, 2))
    }
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'What came back from a file or another process' {
    It 'binds: jobs, contracts, saved files, uploads' {
        $contract = Copy-ThroughSerialization (Get-SalesContract -ReportingOnly | Select-Object -First 1)
        $contract.PSObject.TypeNames[0] | Should -Be 'Deserialized.LinkedInExports.SalesContract'
        $job = Copy-ThroughSerialization ($contract | New-SalesAnalyticsExportJob -ExportType Activity -StartAt 2025-01-01 -EndAt 2025-01-02)
        $job = Copy-ThroughSerialization ($job | Wait-ExportJob -PollInterval 0.1)
        ($job | Get-SalesAnalyticsExportJob).State | Should -Be Completed
        $file = Copy-ThroughSerialization ($job | Save-ExportFile -Destination "$TestDrive/back")
        $file.ExportType | Should -Be Activity
        $file | Test-ExportFile | Should -BeTrue
        @($file | Import-ExportFile).Count | Should -Be 48
        '%PDF-1.4' | Set-Content -LiteralPath "$TestDrive/C-100.pdf"
        $upload = Copy-ThroughSerialization (Send-CandidateResume -LiteralPath "$TestDrive/C-100.pdf" -Contract 7001)
        ($upload | Select-Object -Property ResumeFile, @{ n = 'CandidateId'; e = { 'C-100' } }, @{ n = 'ResumeId'; e = { 'R' } }, @{ n = 'CreatedAt'; e = { '2025-01-01' } } |
            Sync-CandidateResume -IntegrationContext 1234567890).Outcome | Should -Be Synced
    }

    It 'is told from what is no job, with a hint' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
        { $job | Save-ExportFile ./exports } | Should -Throw -ExpectedMessage "*'./exports' is not an export job*-Destination*"
        { Wait-ExportJob 148 } | Should -Throw -ExpectedMessage "*'148' is not an export job*Get-CrmValidationExportJob*"
    }

    It 'keeps every scalar of what the commands output' {
        $files = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob | Save-ExportFile -Destination "$TestDrive/scalars"
        foreach ($thing in $files[0], (Get-SalesContract)[0], ($files | Import-ExportFile | Select-Object -First 1)) {
            $back = Copy-ThroughSerialization $thing
            foreach ($property in $thing.PSObject.Properties) {
                "$($back.($property.Name))" | Should -Be "$($property.Value)" -Because $property.Name
            }
        }
    }

    It 'goes into JSON without being cut' {
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

Describe 'Beside each other' {
    It 'ForEach-Object -Parallel works with the connection that it is passed' {
        $files = 7001, 7003 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $PSDefaultParameterValues = @{ '*-SalesAnalyticsExportJob:Connection' = $using:connection; '*-ExportJob:Connection' = $using:connection; 'Save-ExportFile:Connection' = $using:connection }
            New-SalesAnalyticsExportJob $_ Activity -StartAt 2025-01-01 -EndAt 2025-01-31 | Wait-ExportJob -PollInterval 0.1 | Save-ExportFile -Destination "$using:TestDrive/parallel"
        }
        $files.RowCount | Should -Be (31 * 24), (31 * 24)
        @($files.Path | Sort-Object -Unique).Count | Should -Be 2
    }

    It 'Start-ThreadJob works with the connection that it is passed, and gives live objects' {
        $work = 1..3 | ForEach-Object {
            Start-ThreadJob -ThrottleLimit 3 -ScriptBlock {
                Import-Module $using:manifest
                New-CrmValidationExportJob $using:crm -ExportStartAt 2025-01-01 -Connection $using:connection | Wait-ExportJob -Connection $using:connection
            }
        }
        $jobs = $work | Receive-Job -Wait -AutoRemoveJob
        @($jobs.JobId | Sort-Object -Unique).Count | Should -Be 3
        $jobs | ForEach-Object { $_ | Should -BeOfType [LinkedInExports.CrmValidationExportJob] }
        @($jobs[0] | Save-ExportFile -Destination "$TestDrive/thread").Count | Should -Be 3
    }

    It 'Start-Job works with the environment, and what it gives goes on here' {
        $background = Start-Job -ScriptBlock {
            $env:LINKEDIN_ACCESS_TOKEN = $using:emulator.Token
            $env:LINKEDIN_BASE_URI = $using:emulator.BaseUri
            Import-Module $using:manifest
            New-SalesAnalyticsExportJob 7001 Seat -StartAt 2025-01-01 -EndAt 2025-01-31
        }
        $job = $background | Receive-Job -Wait -AutoRemoveJob
        @($job | Wait-ExportJob -PollInterval 0.1 | Save-ExportFile -Destination "$TestDrive/process").Count | Should -Be 1
    }

    It 'each runspace has a current connection of its own' {
        $second = Start-Emulator
        $shell = [powershell]::Create()
        try {
            $script = 'param($manifest, $token, $address) Import-Module $manifest; Get-LinkedInConnection; Connect-LinkedIn (ConvertTo-SecureString $token -AsPlainText -Force) -BaseUri $address -PassThru'
            $seen = @($shell.AddScript($script).AddArgument($manifest).AddArgument($second.Token).AddArgument($second.BaseUri).Invoke())
            $shell.HadErrors | Should -BeFalse
            # It saw nothing of ours, and changed nothing of ours.
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
