BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-Module -Name (Get-ManifestPath)
    $crm = "$TestDrive/crm.csv"
    "crmId,crmRecordType,expiredAt,createdAt`na,CONTACT,1735700000000,2`nb,LEAD,1735700000000,2" | Set-Content -Path $crm
    "activityId,activityType,createdAt,seatId,memberIdentityKey`n1,SAVED_LEAD,01-06-2025 08:15:30,7," | Set-Content -Path "$TestDrive/activity.csv"

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

    It 'makes a page of files and outputs it' {
        $file = New-ExportReport $crm, "$TestDrive/act*.csv" $out -Title 'A <b>title</b>'
        $file | Should -BeOfType [System.IO.FileInfo]
        $file.FullName | Should -Be $out
        $data = Get-ReportData $out
        $data.title | Should -Be 'A <b>title</b>'
        $data.sections.id | Should -Be changed-company, activity
        $data.sources | Should -Be crm.csv, activity.csv
        Get-Content -LiteralPath $out -Raw | Should -Match '<title>A &lt;b&gt;title&lt;/b&gt;</title>'
    }

    It 'takes records, files and names from the pipeline' {
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

    It 'knows the owner that somebody has added: <Name>' -ForEach @(
        @{ Name = 'Select-Object'; Script = { $input | Select-Object -Property *, @{ Name = 'Owner'; Expression = { "owner of $($_.CrmId)" } } } }
        @{ Name = 'Add-Member'; Script = { $input | ForEach-Object { $_ | Add-Member -NotePropertyName Owner -NotePropertyValue "owner of $($_.CrmId)" -PassThru } } }
        @{ Name = 'Import-Csv'; Script = { $input | Select-Object -Property *, @{ Name = 'Owner'; Expression = { "owner of $($_.CrmId)" } } | ConvertTo-Csv | ConvertFrom-Csv } }
    ) {
        $null = Import-ExportFile $crm | & $Script | New-ExportReport -OutputPath $out
        $chart = (Get-ReportData $out).sections[0].charts | Where-Object title -EQ 'By owner'
        $chart.bars.name | Should -Be 'owner of a', 'owner of b'
    }

    It 'takes records from files of objects' {
        Import-ExportFile $crm, "$TestDrive/activity.csv" | Export-Clixml -Path "$TestDrive/records.xml"
        $null = Import-Clixml -Path "$TestDrive/records.xml" | New-ExportReport -OutputPath $out
        (Get-ReportData $out).sections.id | Should -Be changed-company, activity
        (Get-ReportData $out).sections[0].table.columns.Where{ $_.name -eq 'ExpiredAt' }[0].values | Should -Be 1735700000, 1735700000
        [LinkedInExports.SavedExportFile]@{ Path = $crm } | Export-Clixml -Path "$TestDrive/files.xml"
        $null = Import-Clixml -Path "$TestDrive/files.xml" | New-ExportReport -OutputPath $out
        (Get-ReportData $out).sources | Should -Be crm.csv
    }

    It 'takes results of a resume sync' {
        $null = 1..3 | ForEach-Object {
            [pscustomobject]@{ CandidateId = "c$_"; ResumeId = 'r'; Outcome = 'Synced'; StatusCode = 200; Reason = $null; CompletedAt = [datetimeoffset]::UtcNow }
        } | New-ExportReport -OutputPath $out
        (Get-ReportData $out).sections[0].facts[1].value | Should -Be 100
    }

    It 'reports what is no record, one error each, and goes on' {
        $null = Get-Process -Id $PID | New-ExportReport -OutputPath $out -ErrorVariable problems -ErrorAction SilentlyContinue -WarningVariable warnings -WarningAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -Be 'UnknownExportType,LinkedInExports.Commands.NewExportReportCommand'
        $warnings | Should -Match 'no records'
        @((Get-ReportData $out).sections).Count | Should -Be 0
    }

    It 'says on the page what is not in it' {
        "crmId,crmRecordType,expiredAt,createdAt`na,C,1,2`nbroken`nb,C,1,2" | Set-Content -Path "$TestDrive/bad"
        $null = New-ExportReport "$TestDrive/bad" $out -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeLike 'MalformedRow,*'
        (Get-ReportData $out).notices | Should -Match '^Not all of bad is in this report'
        $null = New-ExportReport "$TestDrive/bad" $out -MalformedRow Skip -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        (Get-ReportData $out).rows | Should -Be 2
    }

    It 'writes over a file, but not with -NoClobber, nor over what it is of, nor with -WhatIf' {
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

    It 'keeps no more rows in its tables than it may' {
        $null = New-ExportReport $crm $out -MaxTableRow 1
        $table = (Get-ReportData $out).sections[0].table
        $table.rows, $table.allRows | Should -Be 1, 2
    }
}
