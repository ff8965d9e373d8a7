BeforeDiscovery {
    $scripts = (Get-ChildItem -Path "$PSScriptRoot/../../module/runbooks/*.ps1").Name
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $folder = Join-Path -Path (Split-Path -Path $manifest) -ChildPath 'module/runbooks'
    $crm = Get-CrmInstance
    . "$PSScriptRoot/RunbookFunctions.ps1"
}

Describe 'The runbook <_>' -ForEach $scripts {
    It 'has help for each parameter, and two examples' {
        $help = Get-Help -Name "$folder/$_" -Full
        $help.Synopsis | Should -Match '\.$'
        $help.description.Text | Should -Match 'Exit codes'
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        foreach ($parameter in (Get-Command -Name "$folder/$_").Parameters.Values) {
            if ($parameter.Name -in [System.Management.Automation.PSCmdlet]::CommonParameters) { continue }
            $text = $help.parameters.parameter | Where-Object name -EQ $parameter.Name
            $text.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
        }
    }

    It 'is ASCII, which Windows PowerShell reads without a byte order mark' {
        [System.IO.File]::ReadAllText("$folder/$_") | Should -Not -Match '[^\x00-\x7F]'
    }
}

Describe '-StopAfter of a runbook' {
    BeforeAll { Import-Module -Name "$folder/RunbookSupport.psm1" }

    AfterAll { Remove-Module -Name RunbookSupport }

    It 'is <Seconds> seconds for <Value>' -ForEach @(
        @{ Value = 7200; Seconds = 7200 }
        @{ Value = '7200'; Seconds = 7200 }
        @{ Value = 0.5; Seconds = 0.5 }
        @{ Value = '02:00:00'; Seconds = 7200 }
        @{ Value = '30.00:00:00'; Seconds = 2592000 }
        @{ Value = [timespan] '0:0:30'; Seconds = 30 }
        @{ Value = '1e300'; Seconds = [timespan]::MaxValue.TotalSeconds }
    ) {
        (ConvertTo-RunbookTime -StopAfter $Value).TotalSeconds | Should -Be $Seconds
    }

    It "rejects '<_>'" -ForEach 'soon', '', -1, '-0:0:1', 'NaN' {
        { ConvertTo-RunbookTime -StopAfter $_ } | Should -Throw -ExpectedMessage '-StopAfter * is not a time*'
    }

    It 'is a time span or seconds in <_>' -ForEach $scripts {
        $required = @{ StartAt = '2025-01-01'; ExportStartAt = '2025-01-01'; Destination = "$TestDrive/none"; CrmInstanceId = $crm
            CsvPath = "$TestDrive/none.csv"; Contract = 1; IntegrationContext = 2; LedgerPath = "$TestDrive/none" }
        $command = Get-Command -Name "$folder/$_"
        $own = @{ StopAfter = 'soon' }
        $required.Keys.Where({ $command.Parameters.ContainsKey($_) }).ForEach({ $own[$_] = $required[$_] })
        { & $command @own } | Should -Throw -ExpectedMessage "-StopAfter 'soon' is not a time*"
    }
}

Describe 'Credentials of a runbook' {
    BeforeAll {
        $emulator = Start-Emulator -Option @{
            'client-secret' = 'canary-of-application'
            'refresh-token' = 'canary-of-member'
            rows            = 5
            parts           = 1
        }
        $vault = @'
            function New-Credential($Name, $Secret) {
                [pscredential]::new($Name, (ConvertTo-SecureString $Secret -AsPlainText -Force))
            }
            function Get-TheSecret([string] $Name) {
                switch ($Name) {
                    'App' { New-Credential 78emulatorclient canary-of-application }
                    'Wrong' { New-Credential 78emulatorclient canary-of-wrong-secret }
                    'Member' { TheMember }
                }
            }
'@
        $secretManagement = $vault -replace 'Get-TheSecret', 'Get-Secret' -replace 'TheMember',
            'ConvertTo-SecureString canary-of-member -AsPlainText -Force'
        $azure = $vault -replace 'Get-TheSecret', 'Get-AutomationPSCredential' -replace 'TheMember',
            'New-Credential member canary-of-member'
        $where = @{ LINKEDIN_BASE_URI = $emulator.BaseUri; LINKEDIN_TOKEN_URI = "$($emulator.Url)/oauth/v2/accessToken" }
    }

    AfterAll { Stop-Emulator $emulator }

    It 'are read from <Name>, where a failed run ends with <Failure>' -ForEach @(
        @{ Name = 'SecretManagement'; Functions = 'secretManagement'; Failure = 'an exit code' }
        @{ Name = 'Azure Automation'; Functions = 'azure'; Failure = 'thrown' }
    ) {
        $out = "$TestDrive/$Name"
        $script = @"
            $(Get-Variable -Name $Functions -ValueOnly)
            `$log = @{ EventLogPath = '$out.jsonl' }
            `$member = @{ SecretName = 'App'; RefreshTokenName = 'Member' }
            `$null = & '$folder/Export-ValidationDelta.ps1' '$crm' '$out' -ExportStartAt 2025-01-01 -SecretName App @log
            "validation `$LASTEXITCODE"
            `$seats = @{ StartAt = '2025-01-01'; Contract = 7001; ExportType = 'Seat' }
            `$null = & '$folder/Export-SalesActivity.ps1' '$out' @seats @member @log
            "sales `$LASTEXITCODE"
            foreach (`$name in 'Wrong', 'None') {
                try {
                    `$null = & '$folder/Export-ValidationDelta.ps1' '$crm' '$out' -SecretName `$name @log 2>`$null
                    "`$name `$LASTEXITCODE"
                }
                catch { "`$name thrown: `$_" }
            }
"@
        $summary = '^\S+ completed '
        $lines = @(Invoke-NewShell -Script $script -Environment $where) -notmatch $summary
        $lines[0..1] | Should -Be 'validation 0', 'sales 0'
        $expected = if ($Failure -eq 'thrown') { 'thrown: Export-ValidationDelta failed' } else { '1$' }
        $lines[2] | Should -Match "^wrong $expected"
        $lines[3] | Should -Match "^none $expected"
        "$lines" | Should -Not -Match 'canary'
        $errors = Get-Event "$out.jsonl" | Where-Object event -EQ Error
        $errors[0].id, $errors[1].message | Should -Be InvalidCredentials, "There is no secret 'None'."
    }
}
