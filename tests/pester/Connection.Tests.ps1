BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'A connection' {
    BeforeEach {
        Disconnect-LinkedIn
    }

    It 'is made from a token, shown without it, and ended' {
        $token = ConvertTo-SecureString -String $emulator.Token -AsPlainText -Force
        Connect-LinkedIn $token -BaseUri $emulator.BaseUri | Should -BeNullOrEmpty
        $connection = Get-LinkedInConnection
        $connection.BaseUri | Should -Be $emulator.BaseUri
        $connection.Authentication | Should -Be AccessToken
        New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Should -Not -BeNullOrEmpty

        Disconnect-LinkedIn
        Get-LinkedInConnection | Should -BeNullOrEmpty
        { New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected,*'
        { New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -Connection $connection -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected,*'
    }

    It 'is LinkedIn''s own by default' {
        (Connect-LinkedIn (ConvertTo-SecureString -String x -AsPlainText -Force) -PassThru).BaseUri | Should -Be 'https://api.linkedin.com/v2/'
    }

    It 'comes from the environment, asked for or not' {
        Invoke-NewShell -Emulator $emulator -Script @"
            Import-Module '$manifest'
            (New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01).Kind
            (Get-LinkedInConnection).Authentication
            (Connect-LinkedIn -FromEnvironment -PassThru).BaseUri.AbsoluteUri
"@ | Should -Be 'CrmValidation', 'AccessToken', $emulator.BaseUri
    }

    It 'names the variable that is missing' {
        { Connect-LinkedIn -FromEnvironment } | Should -Throw -ErrorId 'EnvironmentIncomplete,*' -ExpectedMessage '*LINKEDIN_ACCESS_TOKEN*'
    }

    It 'refuses an address that is not safe: <_>' -ForEach 'http://api.linkedin.com/v2/', 'ftp://api.linkedin.com/', 'https://user@api.linkedin.com/v2/' {
        { Connect-LinkedIn (ConvertTo-SecureString -String x -AsPlainText -Force) -BaseUri $_ } | Should -Throw -ErrorId 'InvalidAddress,*'
    }

    It 'belongs to its runspace, and can be passed to others' {
        Connect-Emulator $emulator
        $connection = Get-LinkedInConnection
        $seen = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $own = Get-LinkedInConnection
            [pscustomobject]@{ Own = $own; Job = New-CrmValidationExportJob $using:crm -ExportStartAt 2025-01-01 -Connection $using:connection }
        }
        $seen.Own | Should -BeNullOrEmpty
        @($seen.Job.JobId | Sort-Object -Unique).Count | Should -Be 3
    }

    It 'that was serialized is refused with a clear error' {
        Connect-Emulator $emulator
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-LinkedInConnection)))
        { New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -Connection $copy } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    It 'never prompts' {
        Invoke-NewShell -Script @"
            Import-Module '$manifest'
            foreach (`$line in { New-CrmValidationExportJob }, { Connect-LinkedIn }, { '$crm' | New-CrmValidationExportJob -ExportStartAt 2025-01-01 }) {
                try { & `$line; 'nothing' } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }
            }
"@ | Should -Be 'MissingMandatoryParameter', 'MissingMandatoryParameter', 'NotConnected'
    }
}

Describe 'Secrets' {
    It 'are in no stream, error, object or file, whatever goes wrong' {
        $transcript = "$TestDrive/transcript.txt"
        $text = Invoke-NewShell -Emulator $emulator -Script @"
            `$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'
            `$null = Start-Transcript -Path '$transcript'
            Import-Module '$manifest'
            Connect-LinkedIn -FromEnvironment -PassThru | Format-List
            `$job = New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01 | Wait-ExportJob -Verbose -Debug
            `$job | Out-String
            `$job
            `$job | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
            `$job | Format-List -Property *
            `$links = `$job.DownloadUrls.ForEach{ `$_.GetUri().Query }
            `$links | Set-Content -Path '$TestDrive/links.txt'
            `$kinds = @{ kind = 'leakySecret' }, @{ kind = 'expiredLink'; times = 2 }, @{ kind = 'htmlInsteadOfCsv' }, @{ kind = 'badJson' }, @{ kind = 'redirect'; redirectTo = 'https://evil.example/?x-li-ambry-ep=AQ' }, @{ kind = 'status'; statusCode = 400 }
            foreach (`$fault in `$kinds) {
                `$null = Invoke-RestMethod -Verbose:`$false -Debug:`$false -Method Post -Uri '$($emulator.Url)/emulator/faults' -Body (`$fault | ConvertTo-Json)
                `$job | Save-ExportFile -Destination '$TestDrive/secrets' -Force -Verbose -Debug
                `$null = Invoke-RestMethod -Verbose:`$false -Debug:`$false -Method Delete -Uri '$($emulator.Url)/emulator/faults'
            }
            `$job | Save-ExportFile -Destination '$TestDrive/secrets' -Force | Import-ExportFile | Select-Object -First 3
            `$Error | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
            `$Error | Format-List * -Force
            `$job, (Get-LinkedInConnection) | Export-Clixml -Path '$TestDrive/secrets/all.xml'
            `$null = Stop-Transcript
"@ 2>&1 | Out-String
        $links = Get-Content -Path "$TestDrive/links.txt" | ForEach-Object { ($_ -split '=')[1] }
        $links.Count | Should -Be 3
        $files = (Get-ChildItem -Path $transcript, "$TestDrive/secrets" -File -Recurse | Get-Content -Raw) -join "`n"
        $text.Length | Should -BeGreaterThan 2000
        $text | Should -Match '\*\*\*'
        foreach ($secret in @($emulator.Token) + $links) {
            $text | Should -Not -Match ([regex]::Escape($secret))
            $files | Should -Not -Match ([regex]::Escape($secret))
        }
    }
}
