BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
    $emulator = Start-Emulator -Option @{ rows = 1500; 'extra-columns' = 'Owner' }
    Connect-Emulator $emulator

    $validation = New-CrmValidationExportJob (Get-CrmInstance) -ExportStartAt 2025-01-01 | Wait-ExportJob
    $sales = New-SalesAnalyticsExportJob 7001 Activity, Seat, ActivityOutcome -StartAt 2025-01-01 -EndAt 2025-03-31 |
        Wait-ExportJob -PollInterval 0.1
    $files = @($validation) + @($sales) | Save-ExportFile -Destination "$TestDrive/views"
    $records = $files | Import-ExportFile
    '%PDF-1.4' | Set-Content -LiteralPath "$TestDrive/C-100.pdf"
    $uploaded = Send-CandidateResume -LiteralPath "$TestDrive/C-100.pdf" -Contract 7001
    $synced = [pscustomobject]@{
        CandidateId = 'C-100'
        ResumeId    = 'R-100'
        CreatedAt   = '2025-01-01'
        ResumeFile  = $uploaded.ResumeFile
    } | Sync-CandidateResume -IntegrationContext 1234567890 -LedgerPath "$TestDrive/ledger"
    $planned = [pscustomobject]@{ CandidateId = 'C-200'; ResumeId = 'R-200'; CreatedAt = '2025-01-01'; Path = 'none.pdf' } |
        Sync-CandidateResume -Contract 7001 -IntegrationContext 1234567890 -LedgerPath "$TestDrive/ledger" -PlanOnly
    "crmId,crmRecordType,expiredAt,createdAt`na,CONTACT,1,2" | Set-Content -LiteralPath "$TestDrive/new.csv"
    "crmId,crmRecordType,expiredAt,createdAt" | Set-Content -LiteralPath "$TestDrive/old.csv"
    # An object of each type that the cmdlets output.
    $things = @(
        $validation
        $sales[0]
        $files[0]
        Get-LinkedInConnection
        Get-SalesContract | Select-Object -Last 1
        $uploaded
        $synced
        $planned
        Compare-ExportFile -ReferencePath "$TestDrive/old.csv" -DifferencePath "$TestDrive/new.csv"
        Get-CandidateResumeSync -LedgerPath "$TestDrive/ledger"
        Test-LinkedInConnection | Select-Object -First 1
        Test-LinkedInConnection -Endpoint | Select-Object -First 1
        $records | Group-Object -Property { $_.PSObject.TypeNames[0] } | ForEach-Object { $_.Group[0] }
    )

    function Show([object] $Thing, [string] $As) {
        $text = switch ($As) {
            Table { $Thing | Format-Table | Out-String -Width 80 }
            List { $Thing | Format-List | Out-String -Width 80 }
            Default { $Thing | Out-String -Width 80 }
        }
        $text.Trim() -replace '\x1b\[[0-9;]*m'
    }

    # Two outputs of one object can be a second apart.
    function Hide-Age([string] $Text) {
        $Text -replace '\d+ (s|min)\b', '<age>'
    }
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Views' {
    It 'are tested for every type that a cmdlet outputs' {
        $declared = (Get-Command -Module LinkedInExports).OutputType.Type.Where{ $_.Namespace -eq 'LinkedInExports' }.FullName |
            Sort-Object -Unique
        $things.ForEach{ $_.PSObject.TypeNames[0] -replace 'WithExtraColumns$' } | Sort-Object | Should -Be $declared
    }

    # Seats have the columns of their file, and results of endpoints have long texts.
    It 'are tables of at most 80 columns, except those of seats and endpoints' {
        foreach ($thing in $things) {
            $lines = (Show $thing) -split '\r?\n'
            $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
            $lines -match '…' | Should -BeNullOrEmpty
            $isTable = $lines.Count -gt 1 -and $lines[1] -match '^ *-[- ]+$'
            $isTable | Should -Be ($thing -isnot [LinkedInExports.SeatRecord] -and
                $thing -isnot [LinkedInExports.EndpointTestResult]) -Because $thing.GetType().Name
        }
    }

    It 'are the same for deserialized objects' {
        foreach ($thing in $things) {
            if ($thing -is [LinkedInExports.ExportJob] -or $thing -is [LinkedInExports.LinkedInConnection]) { continue }
            $thing | Export-Clixml -Path "$TestDrive/thing.xml"
            $back = Import-Clixml -Path "$TestDrive/thing.xml"
            $back.PSObject.TypeNames[0] -replace '^Deserialized\.' | Should -Be $thing.PSObject.TypeNames[0]
            Hide-Age (Show $back) | Should -Be (Hide-Age (Show $thing))
            # PowerShell serializes hidden aliases of records as properties, and times without their text.
            $hidden = '(?m)^(Type|Member|ExpiredAt|CreatedAt) +: .*\r?\n'
            (Hide-Age (Show $back List)) -replace $hidden | Should -Be ((Hide-Age (Show $thing List)) -replace $hidden)
        }
    }

    It 'have the ages of a connection, also of a deserialized one' {
        $connection = Get-LinkedInConnection
        Show $connection | Should -Match 'AccessToken +\d+ (s|min) ago'
        $connection | Export-Clixml -Path "$TestDrive/connection.xml"
        Show (Import-Clixml -Path "$TestDrive/connection.xml") List |
            Should -Match 'ConnectedAt +: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, \d+ (s|min) ago'
    }

    It 'have the progress of a resume synchronization' {
        Show $synced | Should -Match 'C-100 +R-100 +Synced +204'
        Show (Get-CandidateResumeSync -LedgerPath "$TestDrive/ledger") |
            Should -Match '^InSync +Failed +Rejected +Pending +NextRunIn\r?\n.*\n +1 +0 +0 +0'
        $null = $synced | Remove-CandidateResume -IntegrationContext 1234567890 -LedgerPath "$TestDrive/ledger" -Confirm:$false
        $progress = Get-CandidateResumeSync -LedgerPath "$TestDrive/ledger"
        $progress.InSync | Should -Be 0
        Show $progress | Should -Match 'InSync +Failed +Rejected +Pending'
        (Show $progress) -split '\r?\n' | Select-Object -Last 1 | Should -Match '^ *0 +0 +0 +0'
    }

    It 'have headings that are properties for filters, sorting and groups' {
        $changes = $records.Where{ $_ -is [LinkedInExports.CrmValidationRecord] }
        $contacts = @($changes | Where-Object Type -EQ CONTACT)
        $contacts.Count | Should -BeGreaterThan 0
        $contacts.Count | Should -Be $changes.Where{ $_.CrmRecordType -eq 'CONTACT' }.Count
        ($changes | Group-Object Type).Name | Should -Be ($changes | Group-Object CrmRecordType).Name
        ($changes[0] | Select-Object Type).Type | Should -Be $changes[0].CrmRecordType
        $activity = $records.Where({ $_ -is [LinkedInExports.SalesActivityRecord] }, 'First')[0]
        $activity.Member | Should -Be $activity.MemberIdentityKey
        Get-SalesContract | Where-Object Reporting -EQ $false | Should -HaveCount 1
        Get-SalesContract | Where-Object ContractNumber -EQ 7001 | Should -HaveCount 1
    }

    It 'are the same in constrained language mode' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript(@"
                Import-Module '$manifest'
                [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
                `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
"@).Invoke()
            foreach ($thing in $things) {
                foreach ($format in 'Format-Table', 'Format-List') {
                    $shell.Commands.Clear()
                    $text = $shell.AddCommand($format).AddParameter('InputObject', $thing).
                        AddCommand('Out-String').AddParameter('Width', 80).Invoke()
                    $shell.Streams.Error | Should -BeNullOrEmpty
                    $expected = Show $thing ($format -replace '.*-')
                    Hide-Age ("$text".Trim() -replace '\x1b\[[0-9;]*m') |
                        Should -BeExactly (Hide-Age $expected) -Because "$($thing.GetType().Name), $format"
                }
            }
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'add no properties that other commands output' {
        foreach ($thing in $things) {
            $own = @($thing.PSObject.BaseObject.GetType().GetProperties().Name) + 'Id'
            $thing.PSObject.Properties.Where({ $_.MemberType -in 'CodeProperty', 'AliasProperty' -and $_.Name -notin $own }) |
                Should -BeNullOrEmpty
            ($thing | ConvertTo-Csv)[0] | Should -Not -Match 'WithAge|FileName|RowCountText|"Type"|"Member"|"Reporting"'
            $thing | Export-Clixml -Path "$TestDrive/thing.xml"
            Get-Content -Raw -LiteralPath "$TestDrive/thing.xml" |
                Should -Not -Match 'N="\w*(WithAge|FileName|RowCountText|LengthSize)"'
        }
    }

    It 'have no signed links' {
        foreach ($as in 'Default', 'Table', 'List') {
            foreach ($thing in $things) { Show $thing $as | Should -Not -Match 'x-li-ambry|/ambry/\?' }
        }
    }

    It 'format sizes and times, and the objects have the numbers' {
        Show $files.Where{ $_.JobId -eq $validation.JobId }[0] | Should -Match '1,500 +\d+\.\d KB'
        $files[0].Length | Should -BeOfType [long]
        Show $validation List | Should -Match '(?m)^ExportStartAt +: 2025-01-01 00:00:00 UTC\r?$'
        Show $validation List | Should -Match '(?m)^ExpireAt +: .* UTC, in 5\d min\r?$'
        [LinkedInExports.Formatting.DisplayText]::FormatSize(1023) | Should -Be '1,023 B'
        [LinkedInExports.Formatting.DisplayText]::FormatSize(1024) | Should -Be '1.0 KB'
        [LinkedInExports.Formatting.DisplayText]::FormatSize(3.5GB) | Should -Be '3.5 GB'
        [LinkedInExports.Formatting.DisplayText]::FormatSize([long]::MaxValue) | Should -Match '^[\d,.]+ TB$'
        [LinkedInExports.Formatting.DisplayText]::FormatAge([datetimeoffset]::UtcNow.AddDays(-3)) | Should -Be '3 d ago'
        [LinkedInExports.Formatting.DisplayText]::FormatAge([datetimeoffset]::UtcNow.AddMinutes(90.5)) | Should -Be 'in 1 h'
        [LinkedInExports.Formatting.DisplayText]::FormatAge($null) | Should -BeNullOrEmpty
    }
}
