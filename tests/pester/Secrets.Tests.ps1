# Also for Windows PowerShell, in whose syntax it is.
#Requires -Version 5.1
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $secret = 'canary-secret-6f0c/+=='
    $refreshToken = "AQ-canary-refresh-$([guid]::NewGuid())"
    $emulator = Start-Emulator -Option @{
        'client-id'             = 'canary-app'
        'client-secret'         = $secret
        'refresh-token'         = $refreshToken
        'rotate-refresh-tokens' = $true
        rows                    = 20
    }
    $commands = (Get-Command -Module LinkedInExports).Name
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Secrets' {
    BeforeAll {
        $work = "$TestDrive/work"
        $transcript = "$TestDrive/transcript.txt"
        $null = New-ResumeFile -Folder "$work/resumes" -Count 3
        $script = @"
            `$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'
            Set-Location '$work'
            `$null = Start-Transcript -Path '$transcript'
            Import-Module '$manifest' -Verbose:`$false -Debug:`$false
            `$at = @{ BaseUri = '$($emulator.BaseUri)'; TokenUri = '$($emulator.Url)/oauth/v2/accessToken' }
            `$secret = ConvertTo-SecureString `$env:LINKEDIN_CLIENT_SECRET -AsPlainText -Force
            `$credential = [pscredential]::new('canary-app', `$secret)
            `$refreshToken = ConvertTo-SecureString `$env:CANARY_REFRESH -AsPlainText -Force
            Connect-LinkedIn -ClientCredential `$credential -RefreshToken `$refreshToken @at -PassThru | Format-List *
            `$connections = @(Get-LinkedInConnection)
            Test-LinkedInConnection | Format-List *
            Disconnect-LinkedIn
            Connect-LinkedIn -FromEnvironment -RecordIncident incidents
            `$connections += Get-LinkedInConnection
            `$candidates = Get-ChildItem resumes | ForEach-Object {
                [pscustomobject]@{ CandidateId = `$_.Name; ResumeId = 'R'; CreatedAt = '2025-01-31'; Path = `$_.FullName }
            }
            `$resume = @{ Contract = 1; IntegrationContext = 2; LedgerPath = 'ledger' }

            function Set-Fault(`$fault) {
                `$to = @{ Uri = '$($emulator.Url)/emulator/faults'; Verbose = `$false; Debug = `$false }
                `$null = Invoke-RestMethod @to -Method Delete
                if (`$fault) { `$null = Invoke-RestMethod @to -Method Post -Body (`$fault | ConvertTo-Json) }
            }

            `$faults = @(
                `$null
                @{ kind = 'latency'; delaySeconds = 0.1 }
                @{ kind = 'resetBeforeEffect'; skip = 1 }
                @{ kind = 'resetAfterEffect'; skip = 2 }
                @{ kind = 'truncateBody'; atByte = 20; pathPrefix = '/ambry/' }
                @{ kind = 'shortBody'; atByte = 20; pathPrefix = '/ambry/' }
                @{ kind = 'status'; statusCode = 400; pathPrefix = '/ambry/' }
                @{ kind = 'status'; statusCode = 401 }
                @{ kind = 'status'; statusCode = 502; body = 'html'; skip = 1 }
                @{ kind = 'expiredLink'; times = 2 }
                @{ kind = 'redirect'; redirectTo = 'https://evil.example/?x-li-ambry-ep=AQ'; pathPrefix = '/ambry/' }
                @{ kind = 'htmlInsteadOfCsv'; pathPrefix = '/ambry/' }
                @{ kind = 'badJson' }
                @{ kind = 'leakySecret' }
                @{ kind = 'leakySecret'; pathPrefix = '/ambry/' }
                @{ kind = 'leakySecret'; pathPrefix = '/v2/tcrm' }
            )
            `$number = 0
            foreach (`$fault in `$faults) {
                `$number++
                Set-Fault `$fault
                `$job = New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01 -CheckpointPath checkpoint.json -Force |
                    Wait-ExportJob -PollInterval 0.1
                `$job | Format-List *
                `$job | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
                `$job | Export-Clixml "job`$number.xml"
                `$job | Save-ExportFile -Destination "out`$number" -CheckpointPath checkpoint.json |
                    Tee-Object -Variable files | Format-List *
                Set-Fault `$fault
                `$sent = `$candidates[0].Path | Send-CandidateResume -Contract 1
                `$sent | Format-List *
                Invoke-LinkedInApi salesContracts -Query @{ q = 'contractsByMember' } -Paginate | Format-List *
                Test-LinkedInConnection -Endpoint -CrmInstanceId '$crm' | Format-List *
                `$candidates | Sync-CandidateResume @resume | Format-List *
                Set-Fault `$fault
                `$candidates[0] | Remove-CandidateResume -IntegrationContext 2 -LedgerPath ledger -Force | Format-List *
            }
            Set-Fault
            Get-CrmValidationExportJob `$job.JobId -CrmInstanceId '$crm' | Format-List *
            `$contract = Get-SalesContract -ReportingOnly | Select-Object -First 1
            `$sales = `$contract | New-SalesAnalyticsExportJob -ExportType Activity -StartAt 2025-01-01 -EndAt 2025-01-02
            `$sales | Get-SalesAnalyticsExportJob | Format-List *
            `$saved = Get-CrmValidationExportJob `$job.JobId -CrmInstanceId '$crm' | Save-ExportFile -Destination last
            `$saved | Test-ExportFile
            `$saved | Import-ExportFile | Select-Object -First 2
            Compare-ExportFile -ReferencePath last/*part001.csv -DifferencePath last/*part002.csv |
                Select-Object -First 2 | Format-List *
            `$saved | New-ExportReport -OutputPath report.html | Out-String
            `$job | Export-LinkedInCsv jobs.csv
            Get-CandidateResumeSync ledger | Format-List *
            Save-LinkedInIncident incident.json
            Get-ExportJob | Tee-Object -Variable listed | Format-List *
            Get-ExportJob -Refresh | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
            `$sent, `$connections, `$job, `$sales, `$listed | Export-Clixml all.xml
            `$Error | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
            `$Error | Format-List * -Force
            `$Error | Export-Clixml errors.xml
            "`$(`$Error.Count) errors"
            `$null = Stop-Transcript
"@
        # Not in the script, because a transcript begins with the command line.
        $environment = @{
            CANARY_REFRESH         = $refreshToken
            LINKEDIN_CLIENT_ID     = 'canary-app'
            LINKEDIN_CLIENT_SECRET = $secret
            LINKEDIN_BASE_URI      = $emulator.BaseUri
            LINKEDIN_TOKEN_URI     = "$($emulator.Url)/oauth/v2/accessToken"
            LINKEDINEXPORTS_DATA   = "$work/data"
        }
        $process = Start-NewShell -Script $script -Environment $environment
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        $process.WaitForExit()
        $text = "$($output.Result)`n$($errors.Result)"
    }

    It 'are tested with every command' {
        $called = [System.Management.Automation.Language.Parser]::ParseInput($script, [ref] $null, [ref] $null).FindAll(
            { $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) |
                ForEach-Object -Process { $_.GetCommandName() }
        $commands | Where-Object { $_ -notin $called } | Should -BeNullOrEmpty
        $text | Should -Match '\d\d errors' -Because 'the faults have to bring errors out'
        $text | Should -Match 'POST /ambry/'
        $text | Should -Match '\*\*\*' -Because 'a server that repeats secrets has to be among the faults'
    }

    It 'are in no stream, error, object or file when requests fail' {
        # All secrets of the emulator start with this prefix: tokens, and the signatures of links.
        $pattern = '(?<![\w-])AQ[\w-]{16,}'
        $places = @{ 'the streams' = $text; 'the transcript' = Get-Content -Raw -Path $transcript }
        Get-ChildItem -Path $work -File -Recurse -Force | Where-Object DirectoryName -NotLike '*resumes' |
            ForEach-Object { $places[$_.FullName] = Get-Content -Raw -LiteralPath $_.FullName }
        $places.Count | Should -BeGreaterThan 20
        # A token of an incident can begin with the same two letters by chance.
        $places.Keys | Where-Object { (Split-Path -Leaf -Path $_) -notlike 'incident*' -and $places[$_] -cmatch $pattern } |
            Should -BeNullOrEmpty
        foreach ($known in $secret, $refreshToken, $emulator.Token, [uri]::EscapeDataString($secret)) {
            $places.Keys | Where-Object { "$($places[$_])".Contains($known) } | Should -BeNullOrEmpty
        }
    }

    It 'are stored as a hash to detect a change of the environment' {
        $environment = @{ LINKEDIN_ACCESS_TOKEN = 'canary-of-the-environment'; LINKEDIN_BASE_URI = $emulator.BaseUri }
        $lines = Invoke-NewSession -Environment $environment -Script @"
            Import-Module '$manifest'
            `$null = Get-SalesContract -ErrorAction SilentlyContinue
            `$hidden = [System.Reflection.BindingFlags] 'Static, Instance, NonPublic'
            `$assembly = (Get-Command Get-SalesContract).ImplementingType.Assembly
            `$connections = `$assembly.GetType('LinkedInExports.Infrastructure.CurrentConnection')
            `$entries = `$connections.GetField('Entries', `$hidden).GetValue(`$null)
            `$entry = `$null
            `$null = `$entries.TryGetValue([runspace]::DefaultRunspace, [ref] `$entry)
            `$entry.GetType().GetProperty('Environment', `$hidden).GetValue(`$entry)
"@
        [convert]::FromBase64String($lines).Count | Should -Be 32
    }
}

Describe 'A non-interactive session' {
    It 'gets no prompt from any command' {
        $lines = Invoke-NewShell -Script @"
            Import-Module '$manifest'
            foreach (`$name in '$($commands -join "', '")') {
                try { `$null = & `$name -ErrorAction Stop; "`${name}: ran" }
                catch { "`${name}: `$(`$_.FullyQualifiedErrorId.Split(',')[0])" }
            }
            `$token = ConvertTo-SecureString x -AsPlainText -Force
            `$connection = Connect-LinkedIn `$token -BaseUri http://127.0.0.1:9/v2/ -PassThru
            try { Remove-CandidateResume a b -IntegrationContext 1 -Connection `$connection; 'ran' } catch { 'not asked' }
            try { Connect-LinkedIn -Interactive -Scope r_x -ClientCredential ([pscredential]::new('a', `$token)) }
            catch { `$_.FullyQualifiedErrorId.Split(',')[0] }
"@
        $lines.Count | Should -Be ($commands.Count + 2)
        $lines[-2] | Should -Be 'not asked'
        $lines[-1] | Should -Be 'SignInFailed'
        $ran = $lines | Where-Object { $_ -like '*: ran' } | Sort-Object
        $ran | Should -Be 'Disconnect-LinkedIn: ran', 'Get-ExportJob: ran', 'Get-LinkedInConnection: ran'
    }
}
