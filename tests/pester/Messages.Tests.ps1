BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $emulator = Start-Emulator -Option @{ rows = 5; parts = 1 }
    Connect-Emulator $emulator
}

AfterAll { Stop-Emulator $emulator }

Describe '-Debug' {
    It 'writes messages without a prompt in a non-interactive session' {
        $lines = Invoke-NewShell -Emulator $emulator -Script @"
            Import-Module '$manifest'
            `$recent = [datetime]::UtcNow.AddHours(-5)
            "id `$((New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01 -Debug).JobId)"
            `$null = New-SalesAnalyticsExportJob 7001 Seat -StartAt `$recent -EndAt `$recent.AddHours(1) -Debug ``
                -WarningVariable warnings -ErrorAction Stop
            "warnings `$(`$warnings.Count)"
            Get-CrmValidationExportJob 1 '$crm' -Debug -ErrorVariable errors 2>`$null
            "errors `$(`$errors.Count)"
"@
        $lines -match '^id \d+$' | Should -HaveCount 1
        $lines | Should -Contain 'warnings 2'
        $lines | Should -Contain 'errors 1'
        $lines -match 'DEBUG: HTTP 201' | Should -Not -BeNullOrEmpty
        $lines -match 'VERBOSE: POST /v2/crmDataValidationExportJobs' | Should -Not -BeNullOrEmpty
    }

    It 'does not override other preference parameters' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -Debug -Verbose:$false 4>&1 5>$null
        $job | Should -BeOfType LinkedInExports.CrmValidationExportJob
        { Get-CrmValidationExportJob 1 $crm -Debug -ErrorAction Stop 4>$null 5>$null } | Should -Throw -ErrorId 'NotFound,*'
        $recent = [datetime]::UtcNow.AddHours(-5)
        {
            $period = @{ StartAt = $recent; EndAt = $recent.AddHours(1) }
            New-SalesAnalyticsExportJob 7001 Seat @period -Debug -WarningAction Stop 4>$null 5>$null
        } | Should -Throw
    }
}

Describe 'A created job' {
    It 'is output before a message about it ends the pipeline' -ForEach @(
        @{ Command = { New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 } }
        @{ Command = { New-SalesAnalyticsExportJob 7001 Seat -StartAt 2025-01-01 -EndAt 2025-01-02 } }
        @{ Command = { New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -CheckpointPath "$TestDrive/crm.json" } }
        @{
            Command = {
                $checkpoint = @{ CheckpointPath = "$TestDrive/sales.json" }
                New-SalesAnalyticsExportJob 7001 Seat -StartAt 2025-01-01 -EndAt 2025-01-02 @checkpoint
            }
        }
    ) {
        $jobs = [System.Collections.Generic.List[object]]::new()
        $DebugPreference = 'Stop'
        { & $Command | ForEach-Object { $jobs.Add($_) } } | Should -Throw
        $DebugPreference = 'SilentlyContinue'
        $jobs | Should -HaveCount 1
        $jobs[0].JobId | Should -BeGreaterThan 0
    }
}

Describe 'The command in a message' {
    It 'is one command with the unchanged id, for every id' {
        $hidden = [System.Reflection.BindingFlags] 'Instance, Static, NonPublic'
        $resumeCommand = [LinkedInExports.CrmValidationExportJob].GetMethod('GetResumeCommand', $hidden)
        foreach ($quote in "'", '"', '`', [char] 0x2018, [char] 0x2019, [char] 0x201A, [char] 0x201B) {
            $id = "urn:li:crmInstance:(A$quote;calc;`$(calc)|$quote,x)"
            $text = $resumeCommand.Invoke([LinkedInExports.CrmValidationExportJob] @{ JobId = 148; CrmInstanceId = $id }, @())
            $problems = $null
            $parsed = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty
            @($parsed.EndBlock.Statements).Count | Should -Be 1
            $command = @($parsed.EndBlock.Statements.PipelineElements)
            $command.Count | Should -Be 1
            $command[0].CommandElements[-1].Value | Should -BeExactly $id
        }
    }
}

Describe 'An unexpected exception' {
    BeforeAll {
        function New-Connection([object] $Client) {
            $hidden = [System.Reflection.BindingFlags] 'Instance, NonPublic'
            $constructor = [LinkedInExports.LinkedInConnection].GetConstructors($hidden)[0]
            $constructor.Invoke(@($Client))
        }
    }

    It 'is reported for its item' {
        # A simulated defect: a part of the engine is missing.
        $hidden = [System.Reflection.BindingFlags] 'Instance, NonPublic'
        $token = ConvertTo-SecureString 'canary-of-items' -AsPlainText -Force
        $connection = Connect-LinkedIn -AccessToken $token -BaseUri $emulator.BaseUri -PassThru
        $exports = [LinkedInExports.LinkedInConnection].GetProperty('Client', $hidden).GetValue($connection).CrmValidation
        $exports.GetType().GetField('_pipeline', $hidden).SetValue($exports, $null)
        $from = @{ CrmInstanceId = $crm; Connection = $connection }
        148, 149 | Get-CrmValidationExportJob @from -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId |
            Should -Be (@('InternalError,LinkedInExports.Commands.GetCrmValidationExportJobCommand') * 2)
        $problems[0].Exception.InnerException | Should -BeOfType System.NullReferenceException
        Connect-Emulator $emulator
    }

    It 'terminates the command with an error id of the module before the first item' {
        { Get-SalesContract -Connection (New-Connection 'no client') } |
            Should -Throw -ErrorId 'InternalError,LinkedInExports.Commands.GetSalesContractCommand'
    }
}
