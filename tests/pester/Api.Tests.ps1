BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-Module -Name (Get-ManifestPath) -Force
    $emulator = Start-Emulator -Option @{ contracts = 12 }
    Connect-Emulator -Emulator $emulator
}

AfterAll {
    Stop-Emulator -Emulator $emulator
}

Describe 'Invoke-LinkedInApi' {
    It 'returns the response as an object' {
        $page = Invoke-LinkedInApi -Path salesContracts -Query ([ordered]@{ q = 'contractsByMember'; start = 0; count = 5 })
        $page.elements | Should -HaveCount 5
        $page.elements[0].contract | Should -Match '^urn:li:contract:\d+$'
        $page.paging.count | Should -Be 5
        $page.paging.count | Should -BeOfType [long]
    }

    It 'outputs the elements of all pages with -Paginate' {
        $all = @(Invoke-LinkedInApi -Path salesContracts -Query @{ q = 'contractsByMember'; count = 5; start = 0 } -Paginate)
        $all | Should -HaveCount 12
        @($all.contract | Sort-Object -Unique) | Should -HaveCount 12
    }

    It 'sends the query of a path unchanged' {
        $page = Invoke-LinkedInApi 'salesContracts?q=contractsByMember&start=0&count=3'
        $page.elements | Should -HaveCount 3
    }

    It 'sends a hashtable as JSON and outputs what was created' {
        $body = @{
            startAt  = [datetimeoffset]::UtcNow.AddDays(-9)
            endAt    = [datetimeoffset]::UtcNow.AddDays(-2)
            contract = 'urn:li:contract:7001'
        }
        $created = Invoke-LinkedInApi -Method POST -Path salesAnalyticsExportJobs -Query @{
            action = 'exportActivityData'
        } -Body $body
        $created.value.id | Should -BeGreaterThan 0
    }

    It 'sends nothing with -WhatIf' {
        Invoke-LinkedInApi -Method POST -Path salesAnalyticsExportJobs -Body '{}' -WhatIf | Should -BeNullOrEmpty
    }

    It 'reports the error of LinkedIn without the token' {
        $result = Invoke-LinkedInApi -Path noSuchResource -ErrorAction SilentlyContinue -ErrorVariable failures
        $result | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
        "$($failures[0].Exception)" | Should -Not -Match ([regex]::Escape($emulator.Token))
    }

    It 'rejects <_>, which is outside the address of the API' -ForEach 'https://evil.example/x', '//evil.example/x' {
        Invoke-LinkedInApi -Path $_ -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'sends LinkedIn-Version with -ApiVersion' {
        Invoke-LinkedInApi -Path salesContracts -Query @{ q = 'contractsByMember' } -ApiVersion 202603 | Out-Null
        $log = Get-EmulatorRequest -Emulator $emulator
        ($log[-1].headers | Where-Object name -EQ 'LinkedIn-Version').value | Should -Be '202603'
    }
}

Describe 'Test-LinkedInConnection -Endpoint' {
    It 'outputs the expected and the actual response and the affected cmdlets for each endpoint' {
        $results = Test-LinkedInConnection -Endpoint -CrmInstanceId (Get-CrmInstance)
        $results | Should -HaveCount 4
        @($results | Where-Object Passed).Count | Should -Be 3
        $results[0].Returned | Should -Be '200 with 10 contracts on its first page'
        $results[1].StatusCode | Should -Be 404
        $results[1].AffectedCommand | Should -Contain 'New-SalesAnalyticsExportJob'
        $results[3].Passed | Should -BeNullOrEmpty
    }

    It 'does not call the validation endpoint without a CRM instance' {
        $results = Test-LinkedInConnection -Endpoint
        $results[2].Passed | Should -BeNullOrEmpty
        $results[2].Returned | Should -Match '-CrmInstanceId'
    }
}
