BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-Module -Name (Get-ManifestPath)
}

Describe 'Export-LinkedInCsv' {
    BeforeAll {
        $crm = @(
            'crmId,crmRecordType,expiredAt,createdAt,Owner'
            '=1+2,CONTACT,1735689600123,1735689600000,@x'
            '-5,LEAD,1735689600000,1735689600000,"y, z"')
        Set-Content -LiteralPath "$TestDrive/crm.csv" -Value $crm
        $path = "$TestDrive/out [1].csv"
    }

    BeforeEach { Remove-Item -LiteralPath $path -ErrorAction Ignore }

    It 'writes records with ISO 8601 times and escaped formulas in culture <_>' -ForEach 'en-US', 'de-DE', 'ar-SA' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            Import-ExportFile "$TestDrive/crm.csv" | Export-LinkedInCsv $path | Should -BeNullOrEmpty
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
        [System.IO.File]::ReadAllBytes($path)[0..2] | Should -Be 0xEF, 0xBB, 0xBF
        Get-Content -LiteralPath $path | Should -Be @(
            'CrmId,CrmRecordType,ExpiredAt,CreatedAt,Owner,JobId,Contract,CrmInstanceId,FilePath,RowNumber'
            "`"'=1+2`",CONTACT,2025-01-01T00:00:00.123Z,2025-01-01T00:00:00.000Z,`"'@x`",,,,$TestDrive/crm.csv,1"
            "`"'-5`",LEAD,2025-01-01T00:00:00.000Z,2025-01-01T00:00:00.000Z,`"y, z`",,,,$TestDrive/crm.csv,2")
    }

    It 'writes neither a byte order mark nor apostrophes with -Raw, and another delimiter' {
        Import-ExportFile "$TestDrive/crm.csv" | Export-LinkedInCsv -LiteralPath $path -Raw -Delimiter ';'
        [System.IO.File]::ReadAllBytes($path)[0] | Should -Be ([byte][char]'C')
        (Import-Csv -LiteralPath $path -Delimiter ';').CrmId | Should -Be '=1+2', '-5'
    }

    It 'writes differences, with their records and columns in cells' {
        Set-Content -LiteralPath "$TestDrive/old.csv" -Value ($crm -replace '@x', 'before')
        Compare-ExportFile "$TestDrive/old.csv" "$TestDrive/crm.csv" | Export-LinkedInCsv $path
        $row = Import-Csv -LiteralPath $path
        $row.Change, $row.ChangedColumns | Should -Be Changed, Owner
        $row.Difference | Should -Match '^CrmId==1\+2, CrmRecordType=CONTACT, ExpiredAt=2025-01-01T00:00:00\.123Z, .*Owner=@x$'
    }

    It 'writes no properties that only views use' {
        [LinkedInExports.CandidateResumeSync]::new() | Export-LinkedInCsv $path
        (Import-Csv -LiteralPath $path).PSObject.Properties.Name |
            Should -Be ([LinkedInExports.CandidateResumeSync].GetProperties().Name)
    }

    It 'writes dictionaries and custom objects' {
        [ordered]@{ A = 1; B = @('x', 'y') }, [pscustomobject]@{ A = -2.5; B = @{ c = 3 } } | Export-LinkedInCsv $path
        Get-Content -LiteralPath $path | Should -Be 'A,B', '1,"x, y"', '-2.5,c=3'
    }

    It 'ends with an error that names an additional property, and keeps the file' {
        Set-Content -LiteralPath $path -Value old
        { [pscustomobject]@{ A = 1 }, [pscustomobject]@{ A = 1; B = 2 } | Export-LinkedInCsv $path } |
            Should -Throw -ErrorId 'ColumnMismatch,*' -ExpectedMessage "*'B'*"
        Get-Content -LiteralPath $path | Should -Be old
        [pscustomobject]@{ A = 1 }, [pscustomobject]@{ A = 1; B = 2 } | Export-LinkedInCsv $path -Force
        Get-Content -LiteralPath $path | Should -Be A, 1, 1
    }

    It 'keeps the file when a command before it fails' {
        Set-Content -LiteralPath $path -Value old
        { 1, 0 | ForEach-Object { [pscustomobject]@{ A = 1 / $_ } } -ErrorAction Stop | Export-LinkedInCsv $path } | Should -Throw
        Get-Content -LiteralPath $path | Should -Be old
        Get-ChildItem -Path $TestDrive -Filter '*.partial' | Should -BeNullOrEmpty
    }

    It 'appends records with the same properties with -Append' {
        1..2 | ForEach-Object { [pscustomobject]@{ A = $_; B = 'b' } | Export-LinkedInCsv $path -Append }
        @() | Export-LinkedInCsv $path -Append
        Get-Content -LiteralPath $path | Should -Be 'A,B', '1,b', '2,b'
        { [pscustomobject]@{ A = 1 } | Export-LinkedInCsv $path -Append } |
            Should -Throw -ErrorId 'ColumnMismatch,*' -ExpectedMessage "*'B'*"
        { [pscustomobject]@{ A = 1; B = 2; C = 3 } | Export-LinkedInCsv $path -Append } |
            Should -Throw -ErrorId 'ColumnMismatch,*' -ExpectedMessage "*'C'*"
        (Import-Csv -LiteralPath $path).Count | Should -Be 2
    }

    It 'rejects text and numbers' -ForEach 'text', 5 {
        { $_ | Export-LinkedInCsv $path } | Should -Throw -ErrorId 'ColumnMismatch,*' -ExpectedMessage '*has no properties*'
    }

    It 'does not replace a file with -NoClobber, and writes nothing with -WhatIf' {
        [pscustomobject]@{ A = 1 } | Export-LinkedInCsv $path -WhatIf
        $path | Should -Not -Exist
        [pscustomobject]@{ A = 1 } | Export-LinkedInCsv $path -NoClobber
        { [pscustomobject]@{ A = 2 } | Export-LinkedInCsv $path -NoClobber } | Should -Throw -ErrorId 'FileExists,*'
        (Import-Csv -LiteralPath $path).A | Should -Be 1
        [pscustomobject]@{ A = 2 } | Export-LinkedInCsv $path
        (Import-Csv -LiteralPath $path).A | Should -Be 2
    }
}
