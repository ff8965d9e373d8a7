BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-Module -Name (Get-ManifestPath)
    $emulator = Start-Emulator
    Connect-Emulator $emulator
    $good = Get-CrmInstance
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'An item that fails' {
    BeforeEach {
        $Error.Clear()
    }

    It 'does not affect the other items' {
        $jobs = 'bad', $good, 'worse' |
            New-CrmValidationExportJob -ExportStartAt 2025-01-01 -ErrorVariable problems -ErrorAction SilentlyContinue
        @($jobs).Count | Should -Be 1
        $problems.TargetObject | Should -Be 'bad', 'worse'
        $Error.Count | Should -Be 2
    }

    It 'follows -ErrorAction' {
        { 'bad', $good | New-CrmValidationExportJob -ExportStartAt 2025-01-01 -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidCrmInstanceId,*'
        $Error.Clear()
        @('bad', $good | New-CrmValidationExportJob -ExportStartAt 2025-01-01 -ErrorAction Ignore).Count | Should -Be 1
        $Error.Count | Should -Be 0
        $seen = 'bad' | New-CrmValidationExportJob -ExportStartAt 2025-01-01 -ErrorAction Continue 2>&1
        $seen | Should -BeOfType [System.Management.Automation.ErrorRecord]
    }

    It 'has the response of LinkedIn and a recommended action' {
        $null = Get-CrmValidationExportJob 1 $good -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].Exception | Should -BeOfType [LinkedInExports.LinkedInException]
        $problem[0].Exception.StatusCode | Should -Be 404
        $problem[0].Exception.TraceId | Should -Not -BeNullOrEmpty
        $problem[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $remedy = $problem[0].ErrorDetails.RecommendedAction
        ((Get-Help about_LinkedInExports_Errors) -replace '\s+', ' ') | Should -BeLike "*$remedy*"
    }

    It 'is not reported as an AggregateException' {
        Add-EmulatorFault $emulator @{ kind = 'status'; statusCode = 500; pathPrefix = '/ambry/'; times = -1 }
        try {
            $job = New-CrmValidationExportJob $good -ExportStartAt 2025-01-01 | Wait-ExportJob
            $null = Import-ExportFile "$TestDrive/no.csv" -ErrorVariable problems -ErrorAction SilentlyContinue
            $null = $job |
                Save-ExportFile -Destination "$TestDrive/failing" -ErrorVariable +problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 4
            foreach ($problem in $problems) {
                for ($cause = $problem.Exception; $cause; $cause = $cause.InnerException) {
                    $cause | Should -Not -BeOfType [System.AggregateException]
                }
                $problem.ToString() | Should -Not -Match 'One or more errors|A task was canceled'
            }
        }
        finally {
            Clear-Emulator $emulator
        }
    }

    It 'does not depend on progress' {
        $ProgressPreference = 'SilentlyContinue'
        $files = New-CrmValidationExportJob $good -ExportStartAt 2025-01-01 | Wait-ExportJob -ProgressAction Ignore |
            Save-ExportFile -Destination "$TestDrive/quiet"
        $files.Count | Should -Be 3
    }
}
