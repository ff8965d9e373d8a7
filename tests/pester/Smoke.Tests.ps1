# Also for Windows PowerShell, in whose syntax it is.
#Requires -Version 5.1
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $emulator = Start-Emulator
    Connect-Emulator $emulator
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Every PowerShell' {
    It 'has the commands of the module, also after a second import' {
        Import-Module -Name $manifest -Force
        Connect-Emulator $emulator
        (Get-Command -Module LinkedInExports).Name | Sort-Object |
            Should -Be ((Import-PowerShellDataFile -Path $manifest).CmdletsToExport | Sort-Object)
    }

    It 'has the help of the module' {
        (Get-Help -Name Wait-ExportJob).Synopsis | Should -Be 'Waits for export jobs and outputs each job when it is completed.'
        (Get-Help -Name about_LinkedInExports_Errors) -join "`n" | Should -Match 'WaitTimedOut'
    }

    It 'runs a validation export from the job to records' {
        $job = New-CrmValidationExportJob (Get-CrmInstance) -ExportStartAt 2025-01-01
        $job | Export-Clixml -Path "$TestDrive/job.xml"
        $files = Import-Clixml -Path "$TestDrive/job.xml" | Wait-ExportJob -PollInterval 0.1 |
            Save-ExportFile -Destination "$TestDrive/validation"
        @($files).Count | Should -Be 3
        @($files | Import-ExportFile).Count | Should -Be 300
        @($files | Test-ExportFile) | Should -Not -Contain $false
        ($files | Get-FileHash -Algorithm SHA256).Hash | Should -Be $files.Sha256
    }

    It 'runs an analytics export from contracts to records' {
        $records = Get-SalesContract -ReportingOnly |
            New-SalesAnalyticsExportJob -ExportType Activity -StartAt 2025-01-01 -EndAt 2025-01-02 |
            Wait-ExportJob -PollInterval 0.1 | Save-ExportFile -Destination "$TestDrive/sales" | Import-ExportFile
        @($records).Count | Should -Be 96
        $records[0].CreatedAt | Should -BeOfType [System.DateTimeOffset]
    }

    It 'synchronizes resumes once' {
        '%PDF-1.4' | Set-Content -LiteralPath "$TestDrive/C-100.pdf"
        $record = [pscustomobject] @{
            CandidateId = 'C-100'
            ResumeId    = 'R-100'
            CreatedAt   = '2025-01-01'
            Path        = "$TestDrive/C-100.pdf"
        }
        foreach ($outcome in 'Synced', 'Unchanged') {
            $result = $record | Sync-CandidateResume -Contract 7001 -IntegrationContext 1234567890 -LedgerPath "$TestDrive/ledger"
            $result.Outcome | Should -Be $outcome
        }
    }

    It 'has errors with an id and a recommended action' {
        $null = 'not one' |
            New-CrmValidationExportJob -ExportStartAt 2025-01-01 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId |
            Should -Be 'InvalidCrmInstanceId,LinkedInExports.Commands.NewCrmValidationExportJobCommand'
        $problem[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'has the views of the module' {
        Get-SalesContract | Out-String -Width 80 | Should -Match '7001 +True +Fabrikam EMEA'
    }
}
