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

Describe 'Connect-LinkedIn' {
    BeforeEach {
        Disconnect-LinkedIn
    }

    It 'connects with a token until Disconnect-LinkedIn removes the connection' {
        $token = ConvertTo-SecureString -String $emulator.Token -AsPlainText -Force
        Connect-LinkedIn $token -BaseUri $emulator.BaseUri | Should -BeNullOrEmpty
        $connection = Get-LinkedInConnection
        $connection.BaseUri | Should -Be $emulator.BaseUri
        $connection.Authentication | Should -Be AccessToken
        New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Should -Not -BeNullOrEmpty

        Disconnect-LinkedIn
        Get-LinkedInConnection | Should -BeNullOrEmpty
        { New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -ErrorAction Stop } | Should -Throw -ErrorId 'NotConnected,*'
        { New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -Connection $connection -ErrorAction Stop } |
            Should -Throw -ErrorId 'NotConnected,*'
    }

    It 'has its hosts as text after Export-Csv' {
        $token = ConvertTo-SecureString -String x -AsPlainText -Force
        $csv = Connect-LinkedIn $token -DownloadHost a.example -PassThru | ConvertTo-Csv | ConvertFrom-Csv
        $csv.DownloadHost | Should -BeLike '* a.example'
        $csv.ConnectedAt | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$'
    }

    It 'uses the address of LinkedIn by default' {
        (Connect-LinkedIn (ConvertTo-SecureString -String x -AsPlainText -Force) -PassThru).BaseUri |
            Should -Be 'https://api.linkedin.com/v2/'
    }

    It 'connects with the environment, with or without -FromEnvironment' {
        Invoke-NewSession -Emulator $emulator -Script @"
            Import-Module '$manifest'
            (New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01).ExportType
            (Get-LinkedInConnection).Authentication
            (Connect-LinkedIn -FromEnvironment -PassThru).BaseUri.AbsoluteUri
"@ | Should -Be 'CrmValidation', 'AccessToken', $emulator.BaseUri
    }

    It 'names the missing variable when the environment is incomplete' {
        { Connect-LinkedIn -FromEnvironment } |
            Should -Throw -ErrorId 'EnvironmentIncomplete,*' -ExpectedMessage '*LINKEDIN_ACCESS_TOKEN*'
    }

    It 'rejects the API version <_> in the environment, as -ApiVersion does' -ForEach '2026', '999999' {
        Invoke-WithEnvironment @{ LINKEDIN_ACCESS_TOKEN = 'x'; LINKEDIN_API_VERSION = $_ } {
            { Connect-LinkedIn -FromEnvironment } |
                Should -Throw -ErrorId 'EnvironmentIncomplete,*' -ExpectedMessage '*LINKEDIN_API_VERSION*'
        }
    }

    It 'rejects the unsafe address <_>' -ForEach 'http://api.linkedin.com/v2/', 'ftp://api.linkedin.com/',
        'https://user@api.linkedin.com/v2/' {
        { Connect-LinkedIn (ConvertTo-SecureString -String x -AsPlainText -Force) -BaseUri $_ } |
            Should -Throw -ErrorId 'InvalidAddress,*'
    }

    It 'connects one runspace, and other runspaces with -Connection' {
        Connect-Emulator $emulator
        $connection = Get-LinkedInConnection
        $seen = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $own = Get-LinkedInConnection
            [pscustomobject]@{
                Own = $own
                Job = New-CrmValidationExportJob $using:crm -ExportStartAt 2025-01-01 -Connection $using:connection
            }
        }
        $seen.Own | Should -BeNullOrEmpty
        @($seen.Job.JobId | Sort-Object -Unique).Count | Should -Be 3
    }

    It 'rejects a connection that was serialized' {
        Connect-Emulator $emulator
        $text = [System.Management.Automation.PSSerializer]::Serialize((Get-LinkedInConnection))
        $copy = [System.Management.Automation.PSSerializer]::Deserialize($text)
        { New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -Connection $copy } |
            Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }
}
