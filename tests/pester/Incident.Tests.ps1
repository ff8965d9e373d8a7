BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-Module -Name (Get-ManifestPath)
    $crm = Get-CrmInstance

    # Runs the commands of a failed export, and returns the error ids.
    function Invoke-Export($Emulator, [hashtable] $Option = @{}) {
        Connect-Emulator $Emulator $Option
        $null = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -ErrorVariable failures -ErrorAction SilentlyContinue |
            Wait-ExportJob -ErrorVariable +failures -ErrorAction SilentlyContinue |
                Save-ExportFile -Destination "$TestDrive/$([guid]::NewGuid())" -ErrorVariable +failures `
                    -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        @($failures | ForEach-Object FullyQualifiedErrorId)
    }
}

Describe 'Save-LinkedInIncident' {
    BeforeAll {
        $emulator = Start-Emulator -Option @{ parts = 2 }
        Add-EmulatorFault $emulator @{ kind = 'htmlInsteadOfCsv'; pathPrefix = '/ambry/'; skip = 1; times = 10 }
        $failures = Invoke-Export $emulator -Option @{ RecordIncident = "$TestDrive/incidents" }
        $path = "$TestDrive/incident [1].json"
    }

    AfterAll { Stop-Emulator $emulator }

    BeforeEach { Remove-Item -LiteralPath $path -ErrorAction Ignore }

    It 'writes the commands, the error and the exchanges without their data' {
        Save-LinkedInIncident $path | Should -BeNullOrEmpty
        $incident = Get-Content -Raw -LiteralPath $path | ConvertFrom-Json
        $incident.error.id | Should -Be 'InvalidExportFile'
        $incident.error.command | Should -Be 'Save-ExportFile'
        $incident.commands.name | Should -Contain 'New-CrmValidationExportJob'
        ($incident.commands | Where-Object name -eq Save-ExportFile).parameters | Should -Contain 'Destination'
        $incident.exchanges[0].path | Should -Be '/v2/crmDataValidationExportJobs'
        $incident.exchanges[0].response.status | Should -Be 201
        $incident.powerShell | Should -BeLike "$($PSVersionTable.PSVersion) on *"
        $text = Get-Content -Raw -LiteralPath $path
        foreach ($value in '0b7c1f52-1111-4222-8333-944455556666', $emulator.Token, "$TestDrive", 'x-li-ambry-ep') {
            $text | Should -Not -BeLike "*$value*"
        }
    }

    It 'is readable by the owner only' -Skip:$IsWindows {
        Save-LinkedInIncident $path -PassThru | ForEach-Object { [int] $_.UnixFileMode } | Should -Be 0x180
    }

    It 'replaces a file, but not with -NoClobber or -WhatIf' {
        Set-Content -LiteralPath $path -Value old
        Save-LinkedInIncident $path -WhatIf
        { Save-LinkedInIncident $path -NoClobber } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content -LiteralPath $path | Should -Be old
        Save-LinkedInIncident -LiteralPath $path
        Get-Content -Raw -LiteralPath $path | Should -BeLike '*exchanges*'
    }

    It 'writes an error with its id when the path is a folder' {
        { Save-LinkedInIncident $TestDrive } | Should -Throw -ErrorId 'InvalidPath,*'
    }

    It 'is written automatically for each command with an error when the connection has a folder' {
        $files = @(Get-ChildItem "$TestDrive/incidents")
        $files | Should -HaveCount 1
        $files.Name | Should -BeLike 'incident-*-Save-ExportFile-InvalidExportFile.json'
        Connect-Emulator $emulator @{ RecordIncident = "$TestDrive/incidents" }
        Get-CrmValidationExportJob 999999 -CrmInstanceId $crm -ErrorAction SilentlyContinue -WarningVariable warnings `
            -WarningAction SilentlyContinue
        $warnings | Should -BeLike "The incident is recorded in $TestDrive*"
        Get-ChildItem "$TestDrive/incidents" | Should -HaveCount 2
    }

    It 'has the first error of its command when later commands of the pipeline have errors' {
        Connect-Emulator $emulator @{ RecordIncident = "$TestDrive/pipeline" }
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
        $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        999999, $job.JobId | Get-CrmValidationExportJob -CrmInstanceId $crm @quiet |
            Save-ExportFile -Destination "$TestDrive/pipeline-files" @quiet
        $files = @(Get-ChildItem "$TestDrive/pipeline")
        $files | Should -HaveCount 2
        foreach ($file in $files) {
            $incident = Get-Content -Raw -LiteralPath $file.FullName | ConvertFrom-Json
            $file.Name | Should -BeLike "incident-*-$($incident.error.command)-$($incident.error.id).json"
        }
    }

    It 'leaves the error of the command with -WarningAction Stop' {
        Connect-Emulator $emulator @{ RecordIncident = "$TestDrive/stop" }
        {
            Get-CrmValidationExportJob 999999 -CrmInstanceId $crm -ErrorAction Stop -WarningAction Stop
        } | Should -Throw -ErrorId 'NotFound,*'
    }

    It 'reproduces the errors when the emulator replays the file' {
        $recorded = Get-ChildItem "$TestDrive/incidents" -Filter *InvalidExportFile.json
        $replay = Start-Emulator -Option @{ replay = $recorded.FullName; speed = 100 }
        try {
            Invoke-Export $replay | Should -Be $failures
            $report = Invoke-RestMethod "$($replay.Url)/emulator/replay"
            $report.remaining | Should -Be 0
            $report.unmatched | Should -BeNullOrEmpty
        }
        finally {
            Stop-Emulator $replay
        }
    }
}
