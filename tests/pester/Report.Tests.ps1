BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-Module -Name (Get-ManifestPath)
    $silent = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
    $crm = "$TestDrive/crm.csv"
    "crmId,crmRecordType,expiredAt,createdAt`na,CONTACT,1735700000000,2`nb,LEAD,1735700000000,2" | Set-Content -Path $crm
    "activityId,activityType,createdAt,seatId,memberIdentityKey`n1,SAVED_LEAD,01-06-2025 08:15:30,7," |
        Set-Content -Path "$TestDrive/activity.csv"

    function Get-ReportData([string] $Path) {
        $html = Get-Content -LiteralPath $Path -Raw
        $html -match '(?s)<script type="application/json" id="data">(.*?)</script>' | Should -BeTrue
        $Matches[1] | ConvertFrom-Json
    }
}

Describe 'New-ExportReport' {
    BeforeEach {
        $out = Join-Path -Path $TestDrive -ChildPath "$([guid]::NewGuid()).html"
    }

    It 'creates a page of files and outputs the file' {
        $file = New-ExportReport $crm, "$TestDrive/act*.csv" $out -Title 'A <b>title</b>'
        $file | Should -BeOfType [System.IO.FileInfo]
        $file.FullName | Should -Be $out
        $data = Get-ReportData $out
        $data.title | Should -Be 'A <b>title</b>'
        $data.sections.id | Should -Be changed-company, activity
        $data.sources | Should -Be crm.csv, activity.csv
        Get-Content -LiteralPath $out -Raw | Should -Match '<title>A &lt;b&gt;title&lt;/b&gt;</title>'
    }

    It 'accepts records, files and paths from the pipeline' {
        $null = Import-ExportFile $crm | New-ExportReport -OutputPath $out
        (Get-ReportData $out).rows | Should -Be 2
        $null = Get-ChildItem -Path "$TestDrive/*.csv" | New-ExportReport -OutputPath $out
        (Get-ReportData $out).rows | Should -Be 3
        $null = New-ExportReport -Path "$TestDrive/*.csv" -OutputPath $out
        (Get-ReportData $out).rows | Should -Be 3
        $null = New-ExportReport -LiteralPath $crm -OutputPath $out
        (Get-ReportData $out).rows | Should -Be 2
        $null = "$TestDrive/*.csv" | New-ExportReport -OutputPath $out
        (Get-ReportData $out).rows | Should -Be 3
        $records = Import-ExportFile $crm
        $null = New-ExportReport $records $out
        (Get-ReportData $out).rows | Should -Be 2
    }

    It 'uses an owner that was added with <Name>' -ForEach @(
        @{
            Name   = 'Select-Object'
            Script = { $input | Select-Object -Property *, @{ Name = 'Owner'; Expression = { "owner of $($_.CrmId)" } } }
        }
        @{
            Name   = 'Add-Member'
            Script = {
                $input | ForEach-Object {
                    $_ | Add-Member -NotePropertyName Owner -NotePropertyValue "owner of $($_.CrmId)" -PassThru
                }
            }
        }
        @{
            Name   = 'Import-Csv'
            Script = {
                $input | Select-Object -Property *, @{ Name = 'Owner'; Expression = { "owner of $($_.CrmId)" } } | ConvertTo-Csv |
                    ConvertFrom-Csv
            }
        }
    ) {
        $null = Import-ExportFile $crm | & $Script | New-ExportReport -OutputPath $out
        $chart = (Get-ReportData $out).sections[0].charts | Where-Object title -EQ 'By owner'
        $chart.bars.name | Should -Be 'owner of a', 'owner of b'
    }

    It 'accepts deserialized records and files' {
        Import-ExportFile $crm, "$TestDrive/activity.csv" | Export-Clixml -Path "$TestDrive/records.xml"
        $null = Import-Clixml -Path "$TestDrive/records.xml" | New-ExportReport -OutputPath $out
        (Get-ReportData $out).sections.id | Should -Be changed-company, activity
        (Get-ReportData $out).sections[0].table.columns.Where{ $_.name -eq 'ExpiredAt' }[0].values |
            Should -Be 1735700000, 1735700000
        [LinkedInExports.SavedExportFile]@{ Path = $crm } | Export-Clixml -Path "$TestDrive/files.xml"
        $null = Import-Clixml -Path "$TestDrive/files.xml" | New-ExportReport -OutputPath $out
        (Get-ReportData $out).sources | Should -Be crm.csv
    }

    It 'accepts results of a resume synchronization' {
        $null = 1..3 | ForEach-Object {
            [pscustomobject]@{
                CandidateId = "c$_"
                ResumeId    = 'r'
                Outcome     = 'Synced'
                StatusCode  = 200
                Reason      = $null
                CompletedAt = [datetimeoffset]::UtcNow
            }
        } | New-ExportReport -OutputPath $out
        (Get-ReportData $out).sections[0].facts[1].value | Should -Be 100
    }

    It 'accepts differences of two exports, also with an added owner' {
        "crmId,crmRecordType,expiredAt,createdAt`na,CONTACT,1735700000000,3`nc,LEAD,1735700000000,2" |
            Set-Content -Path "$TestDrive/next.csv"
        $null = Compare-ExportFile $crm "$TestDrive/next.csv" | New-ExportReport -OutputPath $out
        $section = (Get-ReportData $out).sections[0]
        $section.facts.label | Should -Be differences, added, removed, changed
        $section.facts.value | Should -Be 3, 1, 1, 1
        $null = Compare-ExportFile $crm "$TestDrive/next.csv" |
            Select-Object -Property *, @{ Name = 'Owner'; Expression = { "owner of $($_.Key)" } } |
            New-ExportReport -OutputPath $out
        $chart = (Get-ReportData $out).sections[0].charts | Where-Object title -EQ 'By owner'
        $chart.bars.name | Should -Be 'owner of a CONTACT', 'owner of b LEAD', 'owner of c LEAD'
        $chart.partNames | Should -Be Added, Removed, Changed
        $chart.bars[0].parts | Should -Be 0, 0, 1
    }

    It 'reports one error for each object that is not a record, and continues' {
        $null = @(Get-Process -Id $PID; Import-ExportFile $crm) |
            New-ExportReport -OutputPath $out -ErrorVariable problems @silent
        $problems.FullyQualifiedErrorId | Should -Be 'UnknownExportType,LinkedInExports.Commands.NewExportReportCommand'
        (Get-ReportData $out).rows | Should -Be 2
    }

    It 'does not replace a report when none of the input can be read, except with -AllowEmpty' {
        'mine' | Set-Content -LiteralPath $out
        $null = "$TestDrive/none.csv" | New-ExportReport -OutputPath $out -ErrorVariable problems @silent
        $null = Get-Process -Id $PID | New-ExportReport -OutputPath $out -ErrorVariable +problems @silent
        $null = @() | New-ExportReport -OutputPath $out -ErrorVariable +problems @silent
        ($problems.FullyQualifiedErrorId -replace ',.*') -join ' ' |
            Should -Be 'InvalidPath ReportWithoutInput UnknownExportType ReportWithoutInput ReportWithoutInput'
        Get-Content -LiteralPath $out | Should -Be mine
        $null = @() | New-ExportReport -OutputPath $out -AllowEmpty -WarningVariable warnings @silent
        $warnings | Should -Match 'no records'
        @((Get-ReportData $out).sections).Count | Should -Be 0
    }

    It 'writes a report of an export without rows' {
        'crmId,crmRecordType,expiredAt,createdAt' | Set-Content -Path "$TestDrive/header.csv"
        New-ExportReport "$TestDrive/header.csv" $out -WarningVariable warnings @silent | Should -Not -BeNullOrEmpty
        $warnings | Should -Match 'no records'
    }

    It 'notes on the page what it does not contain' {
        "crmId,crmRecordType,expiredAt,createdAt`na,C,1,2`nbroken`nb,C,1,2" | Set-Content -Path "$TestDrive/bad"
        $null = New-ExportReport "$TestDrive/bad" $out -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeLike 'MalformedRow,*'
        (Get-ReportData $out).notices | Should -Match '^Not all of bad is in this report'
        $null = New-ExportReport "$TestDrive/bad" $out -MalformedRow Skip @silent
        (Get-ReportData $out).rows | Should -Be 2
    }

    It 'overwrites a file, but not with -NoClobber or -WhatIf, and not its source' {
        'mine' | Set-Content -LiteralPath $out
        { New-ExportReport $crm $out -NoClobber } | Should -Throw -ErrorId 'FileExists,*'
        New-ExportReport $crm $out -WhatIf | Should -BeNullOrEmpty
        Get-Content -LiteralPath $out | Should -Be mine
        New-ExportReport $crm $crm -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidPath,*'
        Get-Content -LiteralPath $crm -TotalCount 1 | Should -Match '^crmId'
        New-ExportReport $crm $out | Should -Not -BeNullOrEmpty
        { New-ExportReport $crm $TestDrive } | Should -Throw -ErrorId 'InvalidPath,*'
        { New-ExportReport $crm "$TestDrive/none/r.html" -ErrorAction Stop } | Should -Throw -ErrorId 'FileWriteFailed,*'
    }

    It 'limits the rows of its tables with -MaxTableRow' {
        $null = New-ExportReport $crm $out -MaxTableRow 1
        $table = (Get-ReportData $out).sections[0].table
        $table.rows, $table.allRows | Should -Be 1, 2
    }
}
