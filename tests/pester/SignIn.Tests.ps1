BeforeDiscovery {
    # The browser of the test is a script that runs curl.
    $hasBrowser = $IsLinux -and (Get-Command -Name curl -ErrorAction Ignore)
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $secret = "s/e+c=$([guid]::NewGuid())"
    $refresh = "refresh-$([guid]::NewGuid())"
    $emulator = Start-Emulator -Option @{
        'client-id'             = '78client'
        'client-secret'         = $secret
        'refresh-token'         = $refresh
        'rotate-refresh-tokens' = $true
    }
    $tokenUri = "$($emulator.Url)/oauth/v2/accessToken"
    $credential = [pscredential]::new('78client', (ConvertTo-SecureString -String $secret -AsPlainText -Force))
    $where = @{ BaseUri = $emulator.BaseUri; TokenUri = $tokenUri }

    function ConvertFrom-Secure([securestring] $Secure) { [System.Net.NetworkCredential]::new('', $Secure).Password }
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Connect-LinkedIn -ClientCredential' {
    BeforeEach {
        Clear-Emulator $emulator
        Disconnect-LinkedIn
    }

    It 'requests one token, which is reused' {
        $connection = Connect-LinkedIn -ClientCredential $credential @where -PassThru
        $connection.Authentication | Should -Be ClientCredential
        ($connection.TokenExpiresAt - [datetimeoffset]::UtcNow).TotalMinutes | Should -BeGreaterThan 29
        $connection.GetRefreshToken() | Should -BeNullOrEmpty
        1..3 | ForEach-Object { $null = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 }
        @((Get-EmulatorRequest $emulator).rawTarget -match 'accessToken').Count | Should -Be 1
    }

    It 'requests a new token when LinkedIn rejects the old one' {
        $revoking = Start-Emulator -Option @{ 'client-id' = '78client'; 'client-secret' = $secret; 'fresh-token-refusals' = 1 }
        try {
            $at = @{ BaseUri = $revoking.BaseUri; TokenUri = "$($revoking.Url)/oauth/v2/accessToken" }
            Connect-LinkedIn -ClientCredential $credential @at
            $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
            $null = Invoke-RestMethod -Method Post -Uri "$($revoking.Url)/emulator/tokens/revoke"
            @($job | Wait-ExportJob | Save-ExportFile -Destination "$TestDrive/revoked").Count | Should -Be 3
        }
        finally {
            Stop-Emulator $revoking
        }
    }

    It 'reports invalid credentials without printing them' {
        $wrong = [pscredential]::new('78client', (ConvertTo-SecureString -String 'wrong-secret' -AsPlainText -Force))
        $failure = { Connect-LinkedIn -ClientCredential $wrong @where } | Should -Throw -ErrorId 'InvalidCredentials,*' -PassThru
        $failure.CategoryInfo.Category | Should -Be AuthenticationError
        $failure | Format-List * -Force | Out-String | Should -Not -Match 'wrong-secret'
        Get-LinkedInConnection | Should -BeNullOrEmpty
    }

    It 'signs a member in with a refresh token, and returns the newest one' {
        $token = ConvertTo-SecureString -String $refresh -AsPlainText -Force
        $first = Connect-LinkedIn -ClientCredential $credential -RefreshToken $token @where -PassThru
        $first.Authentication | Should -Be RefreshToken
        $newest = ConvertFrom-Secure $first.GetRefreshToken()
        $newest | Should -Not -Be $refresh
        (Get-SalesContract).Count | Should -Be 3
        {
            Connect-LinkedIn -ClientCredential $credential -RefreshToken $token @where
        } | Should -Throw -ErrorId 'InvalidCredentials,*'
        (Connect-LinkedIn -ClientCredential $credential -RefreshToken $first.GetRefreshToken() @where -PassThru).BaseUri |
            Should -Be $emulator.BaseUri
    }

    It 'reads the environment' {
        Invoke-NewSession -Environment @{
            LINKEDIN_CLIENT_ID     = '78client'
            LINKEDIN_CLIENT_SECRET = $secret
            LINKEDIN_BASE_URI      = $emulator.BaseUri
            LINKEDIN_TOKEN_URI     = $tokenUri
        } -Script @"
            Import-Module '$manifest'
            (New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01).ExportType
            (Get-LinkedInConnection).Authentication
"@ | Should -Be 'CrmValidation', 'ClientCredential'
    }

    It 'reads the environment again when it changes, and names missing variables' {
        $environment = @{ LINKEDIN_ACCESS_TOKEN = 'wrong'; LINKEDIN_BASE_URI = $emulator.BaseUri; LINKEDIN_CLIENT_ID = $null }
        Invoke-NewSession -Environment $environment -Script @"
            Import-Module '$manifest'
            try { New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01 -ErrorAction Stop }
            catch { `$_.FullyQualifiedErrorId.Split(',')[0] }
            `$env:LINKEDIN_ACCESS_TOKEN = '$($emulator.Token)'
            (New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01).ExportType
            `$env:LINKEDIN_ACCESS_TOKEN = `$null; `$env:LINKEDIN_CLIENT_ID = 'x'
            try { Connect-LinkedIn -FromEnvironment } catch { `$_.Exception.Message }
"@ | Should -Be @('TokenRejected', 'CrmValidation',
            'LINKEDIN_CLIENT_ID is set in the environment, and LINKEDIN_CLIENT_SECRET is not.')
    }

    It 'rejects an unsafe address' {
        { Connect-LinkedIn -ClientCredential $credential -TokenUri 'http://www.linkedin.com/oauth/v2/accessToken' } |
            Should -Throw -ErrorId 'InvalidAddress,*'
        { Connect-LinkedIn -ClientCredential $credential @where -DownloadHost 'https://www.linkedin.com/' } |
            Should -Throw -ErrorId 'InvalidAddress,*'
    }

    It 'passes LinkedIn''s certification tests, and a token alone does not' {
        Connect-LinkedIn -ClientCredential $credential @where
        $results = Test-LinkedInConnection
        $results.Name | Should -Be 'CRM-001', 'CRM-002', 'CRM-003', 'CRM-004', 'CRM-005'
        $results.Passed | Should -Not -Contain $false
        $results | Out-String -Width 80 | Should -Not -Match '…'

        Connect-Emulator $emulator
        $results = Test-LinkedInConnection
        $results.Passed | Should -Not -Contain $true
        $results[0].Detail | Should -Match 'ClientCredential'
    }

    It 'uses a proxy, but not with -NoProxy or for a local address' {
        { Connect-LinkedIn -ClientCredential $credential @where -Proxy 'http://127.0.0.1:1' } |
            Should -Throw -ErrorId 'ConnectionFailed,*'
        Invoke-NewShell -Emulator $emulator -Environment @{
            http_proxy = 'http://127.0.0.1:1'
        } -Script "Import-Module '$manifest'; (New-CrmValidationExportJob '$crm' -ExportStartAt 2025-01-01).ExportType" |
            Should -Be 'CrmValidation'
        (Connect-LinkedIn -ClientCredential $credential @where -NoProxy -PassThru).Authentication | Should -Be ClientCredential
    }
}

Describe 'Connect-LinkedIn -Interactive' {
    BeforeAll {
        # A script that replaces the browser: it opens the address and follows the redirects.
        $bin = Join-Path -Path $TestDrive -ChildPath bin
        $null = New-Item -ItemType Directory -Path $bin
        "#!/bin/sh`ncurl -sL `"`$1`" > '$TestDrive/page.html' 2>&1 &`n" | Set-Content -Path "$bin/xdg-open"
        if (-not $IsWindows) { chmod +x "$bin/xdg-open" }
        $port = Get-Random -Minimum 20000 -Maximum 40000
        $signIn = @"
            Import-Module '$manifest'
            `$credential = [pscredential]::new('78client', (ConvertTo-SecureString -String '$secret' -AsPlainText -Force))
            `$at = @{ RedirectUri = 'http://localhost:$port/callback'; BaseUri = '$($emulator.BaseUri)'; TokenUri = '$tokenUri' }
            `$signIn = @{ Interactive = `$true; ClientCredential = `$credential; Scope = 'r_sales_nav_analytics' }
            `$connection = Connect-LinkedIn @signIn @at @more -PassThru
            `$connection.Authentication; @(Get-SalesContract).Count; `$connection.GetRefreshToken().Length -gt 0
"@
    }

    It 'signs a member in with the browser, with and without PKCE' -Skip:(-not $hasBrowser) {
        foreach ($more in '@{}', '@{ UsePkce = $true }') {
            # Not -NonInteractive, because a sign-in requires a user.
            $start = [System.Diagnostics.ProcessStartInfo]::new((Get-ShellPath))
            foreach ($argument in '-NoProfile', '-Command', "`$more = $more; $signIn") { $start.ArgumentList.Add($argument) }
            $start.Environment['PATH'] = "$bin$([System.IO.Path]::PathSeparator)$env:PATH"
            $start.Environment['NO_COLOR'] = '1'
            $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
            $process = [System.Diagnostics.Process]::Start($start)
            $process.StandardInput.Close()
            $output = $process.StandardOutput.ReadToEnd().TrimEnd() -split '\r?\n'
            $address = 'http://127\.0\.0\.1:\d+/oauth/v2/authorization\?response_type=code&.*&scope=r_sales_nav_analytics'
            $output[0] | Should -Match "^WARNING: .*use this address: $address"
            $output[1..3] | Should -Be 'Interactive', '3', 'True' -Because $process.StandardError.ReadToEnd()
            Get-Content -Raw -Path "$TestDrive/page.html" | Should -Match 'You are signed in'
        }
    }

    It 'signs a member in with the address that the user pastes' {
        $command = "`$more = @{ NoBrowser = `$true }; $signIn"
        $start = Get-ProcessStart -Command (Get-ShellPath) -Argument '-NoProfile', '-Command', $command
        $start.Environment['NO_COLOR'] = '1'
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $prompt = $process.StandardOutput.ReadLine()
        $prompt | Should -BeLike 'Open this address in a browser and sign in: http://127.0.0.1:*'
        $handler = [System.Net.Http.HttpClientHandler]@{ AllowAutoRedirect = $false }
        $redirect = [System.Net.Http.HttpClient]::new($handler).GetAsync(($prompt -split ' ')[-1]).Result
        $process.StandardInput.WriteLine($redirect.Headers.Location.OriginalString)
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEnd()
        $output | Should -Match 'Interactive\r?\n3\r?\nTrue' -Because $process.StandardError.ReadToEnd()
    }

    It 'reports an error in a non-interactive session' {
        Invoke-NewShell -Script "`$more = @{}; try { $signIn } catch { `$_.FullyQualifiedErrorId.Split(',')[0] }" |
            Select-Object -First 1 | Should -Be 'SignInFailed'
    }
}

Describe 'Connect-LinkedIn -Name' {
    BeforeAll {
        # The commands of SecretManagement.
        $vaults = @{ Default = @{}; Other = @{}; IsLocked = $false }
        New-Module -Name TestVault -ArgumentList $vaults -ScriptBlock {
            param($vaults)
            function Get-Secret($Name, $Vault = 'Default') {
                if (-not $vaults[$Vault].ContainsKey($Name)) { throw "The secret $Name was not found." }
                $vaults[$Vault][$Name]
            }
            function Set-Secret($Name, $Secret, $Vault = 'Default') {
                if ($vaults.IsLocked) { throw 'The vault is locked.' } else { $vaults[$Vault][$Name] = $Secret }
            }
        } | Import-Module -Global
        $secureRefresh = ConvertTo-SecureString -String $refresh -AsPlainText -Force
    }

    AfterAll {
        Remove-Module -Name TestVault
    }

    BeforeEach {
        $vaults.Default.Clear()
        $vaults.IsLocked = $false
        Disconnect-LinkedIn
    }

    It 'stores a connection, and connects with it' {
        $more = @{ RequestsPerDay = 500; DownloadHost = 'a.example', 'b.example=token' }
        Connect-LinkedIn -ClientCredential $credential @where -SaveAs prod @more
        $stored = $vaults.Default['LinkedInExports.prod']
        foreach ($value in $stored.Values) {
            $value.GetType() | Should -BeIn string, pscredential, securestring -Because 'vaults can store these'
        }
        Disconnect-LinkedIn
        $connection = Connect-LinkedIn -Name prod -PassThru
        $connection.Authentication, $connection.BaseUri, $connection.RequestsPerDay |
            Should -Be 'ClientCredential', $emulator.BaseUri, 500
        $connection.DownloadHost | Should -Contain 'b.example=token'
        New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Should -Not -BeNullOrEmpty
        (Connect-LinkedIn -Name prod -RequestsPerDay 7 -PassThru).RequestsPerDay | Should -Be 7
        (Connect-LinkedIn -Name prod -PassThru).RequestsPerDay | Should -Be 500
    }

    It 'stores the refresh token that replaces a used one' {
        $member = Start-Emulator -Option @{
            'client-id' = '78client'; 'client-secret' = $secret; 'refresh-token' = $refresh; 'rotate-refresh-tokens' = $true
        }
        $at = @{ BaseUri = $member.BaseUri; TokenUri = "$($member.Url)/oauth/v2/accessToken" }
        Connect-LinkedIn -ClientCredential $credential -RefreshToken $secureRefresh @at -SaveAs member -Vault Other
        $first = ConvertFrom-Secure $vaults.Other['LinkedInExports.member'].RefreshToken
        $first | Should -Not -Be $refresh
        (Connect-LinkedIn -Name member -Vault Other -PassThru).Authentication | Should -Be RefreshToken
        ConvertFrom-Secure $vaults.Other['LinkedInExports.member'].RefreshToken | Should -Not -Be $first
        $vaults.Default.Count | Should -Be 0
        Stop-Emulator $member
    }

    It 'keeps the connection if the vault cannot store its refresh token' {
        $member = Start-Emulator -Option @{
            'client-id' = '78client'; 'client-secret' = $secret; 'refresh-token' = $refresh; 'rotate-refresh-tokens' = $true
        }
        $at = @{ BaseUri = $member.BaseUri; TokenUri = "$($member.Url)/oauth/v2/accessToken" }
        $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'failures' }
        $expected = 'Could not store LinkedInExports.*: The vault is locked. *(Get-LinkedInConnection).GetRefreshToken().'
        Connect-LinkedIn -ClientCredential $credential -RefreshToken $secureRefresh @at -SaveAs member
        $stored = ConvertFrom-Secure $vaults.Default['LinkedInExports.member'].RefreshToken
        $vaults.IsLocked = $true
        (Connect-LinkedIn -Name member -PassThru @silent).Authentication | Should -Be RefreshToken
        $failures[-1].FullyQualifiedErrorId | Should -BeLike 'VaultFailed,*'
        $failures[-1].Exception.Message | Should -BeLike $expected
        $newest = (Get-LinkedInConnection).GetRefreshToken()
        ConvertFrom-Secure $newest | Should -Not -BeIn $stored, $refresh

        Connect-LinkedIn -ClientCredential $credential -RefreshToken $newest @at -SaveAs second @silent
        $failures[-1].Exception.Message | Should -BeLike $expected
        ConvertFrom-Secure (Get-LinkedInConnection).GetRefreshToken() | Should -Not -Be (ConvertFrom-Secure $newest)
        Stop-Emulator $member
    }

    It 'stores nothing if the connection fails' {
        $wrong = [pscredential]::new('78client', (ConvertTo-SecureString -String 'wrong-secret' -AsPlainText -Force))
        { Connect-LinkedIn -ClientCredential $wrong @where -SaveAs prod } | Should -Throw -ErrorId 'InvalidCredentials,*'
        $vaults.Default.Count | Should -Be 0
    }

    It 'reports a connection that is not stored, is invalid, or cannot be stored' {
        { Connect-LinkedIn -Name prod } | Should -Throw -ErrorId 'VaultFailed,*' -ExpectedMessage '*prod was not found*'
        $vaults.Default['LinkedInExports.prod'] = 'text'
        { Connect-LinkedIn -Name prod } | Should -Throw -ErrorId 'VaultFailed,*' -ExpectedMessage '*not a stored connection*'
        $vaults.Default['LinkedInExports.prod'] = @{ AccessToken = $secureRefresh; RequestsPerDay = 'many' }
        { Connect-LinkedIn -Name prod } | Should -Throw -ErrorId 'VaultFailed,*' -ExpectedMessage '*not a stored connection*'
        $vaults.Default['LinkedInExports.prod'] = @{}
        { Connect-LinkedIn -Name prod } | Should -Throw -ErrorId 'VaultFailed,*' -ExpectedMessage '*neither a credential*'
        Get-LinkedInConnection | Should -BeNullOrEmpty
    }

    It 'reports that SecretManagement is missing' {
        Invoke-NewSession -Script "Import-Module '$manifest'; try { Connect-LinkedIn -Name x } catch { `"`$_`" }" |
            Should -BeLike 'Could not read LinkedInExports.x: the command Get-Secret was not found.*'
    }
}
