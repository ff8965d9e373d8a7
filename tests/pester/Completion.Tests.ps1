BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $emulator = Start-Emulator
    Connect-Emulator $emulator

    # A separate session, because the completion offers what a session has output, including the output of other test files.
    $session = [powershell]::Create()
    function Invoke-InSession([string] $Script) {
        $session.Commands.Clear()
        $session.AddScript($Script).Invoke()
        if ($session.HadErrors) { throw $session.Streams.Error[0] }
    }

    # Gets the completions at the end of a line: the texts, or another property.
    function Complete([string] $Line, [string] $Property = 'CompletionText') {
        $session.Commands.Clear()
        $null = $session.AddCommand('TabExpansion2').AddParameter('inputScript', $Line).AddParameter('cursorColumn', $Line.Length)
        $session.Invoke()[0].CompletionMatches.$Property
    }
}

AfterAll {
    $session.Dispose()
    Stop-Emulator $emulator
}

Describe 'Tab completion' {
    BeforeAll {
        $connect = @"
            `$token = ConvertTo-SecureString -String '$($emulator.Token)' -AsPlainText -Force
            Connect-LinkedIn -AccessToken `$token -BaseUri '$($emulator.BaseUri)'
"@
        $job, $sales = Invoke-InSession @"
            Import-Module '$manifest'
            $connect
            New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01
            `$null = Get-SalesContract
            New-SalesAnalyticsExportJob 7003 Seat -StartAt 2025-01-01 -EndAt 2025-01-31
"@
        Clear-Emulator $emulator
    }

    It 'offers the ids of the session''s jobs of the same kind' {
        Complete 'Get-CrmValidationExportJob -JobId ' | Should -Be "$($job.JobId)"
        Complete 'Get-SalesAnalyticsExportJob ' | Should -Be "$($sales.JobId)"
        Complete 'Get-SalesAnalyticsExportJob ' ToolTip |
            Should -Be "Seat export job $($sales.JobId), Running, of urn:li:contract:7003"
    }

    It 'offers contracts by number, URN and name' {
        Complete 'New-SalesAnalyticsExportJob -Contract ' | Sort-Object | Should -Be 7001, 7002, 7003
        Complete 'New-SalesAnalyticsExportJob -Contract urn:li:contract:7001' | Should -Be 7001
        Complete 'Get-SalesAnalyticsExportJob -Contract Fab' ListItemText | Sort-Object |
            Should -Be '7001 Fabrikam EMEA', '7002 Fabrikam Pilot', '7003 Fabrikam Americas'
        Complete "New-SalesAnalyticsExportJob -Contract 'Fabrikam A" | Should -Be 7003
    }

    It 'offers CRM instances in quotes, and prefixes' {
        $all = Complete 'New-CrmValidationExportJob -CrmInstanceId '
        $all | Should -Be "'$crm'", "'urn:li:crmInstance:(DYNAMICS,", "'urn:li:crmInstance:(SFDC,"
        Complete 'New-CrmValidationExportJob -CrmInstanceId SF' | Should -Be "'urn:li:crmInstance:(SFDC,"
        Complete "New-CrmValidationExportJob 'DYNAMICS," | Should -Be "'$crm'"
        Complete "Get-CrmValidationExportJob 1 'urn:li:crmInstance:(D" | Should -Contain "'$crm'"
    }

    It 'offers export types, encodings, delimiters and other values' {
        Complete 'New-SalesAnalyticsExportJob 7001 -ExportType ' | Sort-Object | Should -Be Activity, ActivityOutcome, Seat
        Complete 'Import-ExportFile x -ExportType ' | Sort-Object | Should -Be Activity, ActivityOutcome, CrmValidation, Seat
        Complete 'Import-ExportFile x -Encoding ' | Should -Contain windows-1252
        Complete 'Compare-ExportFile x y -Encoding utf' | Should -Be utf8, utf32
        Complete 'New-ExportReport x y -Delimiter ' | Should -Be "','", "';'", '"`t"', "'|'"
        Complete 'Import-ExportFile x -Delimiter sem' | Should -Be "';'"
        Complete 'Import-ExportFile x -MalformedRow ' | Sort-Object | Should -Be Skip, Stop
        Complete 'Connect-LinkedIn -Scope r_sales_nav_v' | Should -Be r_sales_nav_validation
    }

    It 'offers the integration contexts and Recruiter contracts of the session' {
        Complete 'Sync-CandidateResume -IntegrationContext ' | Should -Not -Contain 1234567890
        '%PDF-1.4' | Set-Content -LiteralPath "$TestDrive/C-100.pdf"
        $null = Invoke-InSession @"
            [pscustomobject]@{
                CandidateId = 'C-100'
                ResumeId    = 'R-100'
                CreatedAt   = '2025-01-01'
                Path        = '$TestDrive/C-100.pdf'
            } | Sync-CandidateResume -Contract 8001 -IntegrationContext 1234567890
"@
        Clear-Emulator $emulator
        Complete 'Remove-CandidateResume C-100 R-100 -IntegrationContext ' | Should -Be 1234567890
        Complete 'Send-CandidateResume x -Contract ' | Should -Be 8001
    }

    It 'offers only values that match, without a request' {
        Complete 'New-SalesAnalyticsExportJob -Contract 9' | Should -BeNullOrEmpty
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
    }

    It 'needs no connection and completes promptly' {
        Invoke-InSession 'Disconnect-LinkedIn'
        try {
            foreach ($line in 'New-SalesAnalyticsExportJob -Contract ', 'New-CrmValidationExportJob ',
                'Get-SalesAnalyticsExportJob ', 'Connect-LinkedIn -Scope ') {
                # The fastest of several, because other processes can delay a single one.
                $times = foreach ($attempt in 1..5) { (Measure-Command { Complete $line }).TotalMilliseconds }
                ($times | Measure-Object -Minimum).Minimum | Should -BeLessThan 250 -Because $line
            }
        }
        finally {
            Invoke-InSession $connect
        }
    }

    It 'does not offer the jobs of another runspace when the job history is off' {
        $other = [powershell]::Create()
        $folder = $env:LINKEDINEXPORTS_DATA
        try {
            $env:LINKEDINEXPORTS_DATA = 'off'
            $null = $other.AddScript(@"
                Import-Module '$manifest'
                `$line = 'Get-SalesAnalyticsExportJob -JobId '
                (TabExpansion2 -inputScript `$line -cursorColumn `$line.Length).CompletionMatches.CompletionText
"@)
            $offered = $other.Invoke()
            $other.HadErrors | Should -BeFalse
            $offered | Should -Not -Contain "$($sales.JobId)"
        }
        finally {
            $env:LINKEDINEXPORTS_DATA = $folder
            $other.Dispose()
        }
    }
}

Describe 'Identifiers' {
    It 'accepts <_> as a CRM instance' -ForEach 'DYNAMICS,0b7c1f52-1111-4222-8333-944455556666',
        '(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)',
            'urn%3Ali%3AcrmInstance%3A%28DYNAMICS%2C0b7c1f52-1111-4222-8333-944455556666%29' {
        $made = New-CrmValidationExportJob $_ -ExportStartAt 2025-01-01
        $made.CrmInstanceId | Should -Be $crm
        (Get-CrmValidationExportJob $made.JobId $_).CrmInstanceId | Should -Be $crm
    }

    It 'accepts <_> as a contract' -ForEach '7001', 'urn:li:contract:7001', 'urn%3Ali%3Acontract%3A7001' {
        $made = New-SalesAnalyticsExportJob $_ Seat -StartAt 2025-01-01 -EndAt 2025-01-31
        $made.Contract | Should -Be 'urn:li:contract:7001'
        (Get-SalesAnalyticsExportJob $made.JobId $_).Contract | Should -Be 'urn:li:contract:7001'
    }

    It 'reports the expected form when an identifier is invalid' {
        { New-CrmValidationExportJob 'DYNAMICS' -ExportStartAt 2025-01-01 -ErrorAction Stop } |
            Should -Throw -ExpectedMessage "*urn:li:crmInstance:(KEY,id)*'DYNAMICS,*"
        { New-SalesAnalyticsExportJob 'Fabrikam' Seat -StartAt 2025-01-01 -EndAt 2025-01-31 -ErrorAction Stop } |
            Should -Throw -ExpectedMessage '*7001*urn:li:contract:7001*'
    }
}
