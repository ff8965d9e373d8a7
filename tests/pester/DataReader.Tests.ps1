BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $emulator = Start-Emulator -Option @{ rows = 50; parts = 3 }
    Connect-Emulator $emulator
    $files = Get-CrmInstance | New-CrmValidationExportJob -ExportStartAt 2025-01-01 | Wait-ExportJob |
        Save-ExportFile -Destination "$TestDrive/exports"

    # Reads to the end, and returns the number of rows.
    function Measure-Reader($Reader) {
        for ($rows = 0; $Reader.Read(); $rows++) { }
        $rows
    }
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Import-ExportFile -AsDataReader' {
    It 'outputs one reader over all parts, which can be used after the command' {
        $reader = Import-ExportFile "$TestDrive/exports/*.csv" -AsDataReader
        $reader -is [System.Data.Common.DbDataReader] | Should -BeTrue
        $reader.GetColumnSchema().ColumnName | Should -Be CrmId, CrmRecordType, ExpiredAt, CreatedAt
        $files.Count | Should -Be 3
        Measure-Reader $reader | Should -Be (Import-ExportFile "$TestDrive/exports").Count
        $reader.Dispose()
    }

    It 'outputs a reader that keeps its rows when it is displayed' {
        $text = Import-ExportFile "$TestDrive/exports" -AsDataReader -OutVariable readers | Out-String -Width 120
        $text.Trim() -split '\r?\n' | Should -Be 'FieldCount : 4', 'HasRows    : True', 'IsClosed   : False'
        Measure-Reader $readers[0] | Should -Be 150
        $readers[0].Dispose()
    }

    It 'accepts the files of <Name>' -ForEach @(
        @{ Name = 'a folder'; Run = { Import-ExportFile "$TestDrive/exports" -AsDataReader } }
        @{ Name = 'Get-ChildItem'; Run = { Get-ChildItem -Path "$TestDrive/exports" | Import-ExportFile -AsDataReader } }
        @{ Name = 'Save-ExportFile'; Run = { $files | Import-ExportFile -AsDataReader } }
        @{ Name = 'the parameter -LiteralPath'; Run = { Import-ExportFile -LiteralPath $files.Path -AsDataReader } }
    ) {
        $readers = @(& $Run | ForEach-Object { , $_ })
        $readers.Count | Should -Be 1
        Measure-Reader $readers[0] | Should -Be 150
        $readers[0].Dispose()
    }

    It 'outputs the values of the records, and those of their source with -IncludeSource' {
        $record = Import-ExportFile $files[0].Path | Select-Object -First 1
        $reader = $files | Import-ExportFile -AsDataReader -IncludeSource
        $null = $reader.Read()
        $reader['crmId'], $reader['CrmRecordType'] | Should -Be $record.CrmId, $record.CrmRecordType
        $reader['ExpiredAt'] | Should -Be $record.ExpiredAt.UtcDateTime
        $reader['ExpiredAt'].Kind | Should -Be Utc
        $reader['JobId'], $reader['CrmInstanceId'], $reader['FilePath'], $reader['RowNumber'] |
            Should -Be $record.JobId, $record.CrmInstanceId, $record.FilePath, $record.RowNumber
        $reader['Contract'] -is [DBNull] | Should -BeTrue
        $reader.Dispose()
    }

    It 'is still open after Select-Object -First 1' {
        $reader = $files | Import-ExportFile -AsDataReader | Select-Object -First 1
        Measure-Reader $reader | Should -Be 150
        $reader.Dispose()
    }

    It 'closes the reader when the pipeline is stopped' {
        $state = [initialsessionstate]::CreateDefault()
        $state.ImportPSModule($manifest)
        $shared = [hashtable]::Synchronized(@{})
        $shell = [powershell]::Create($state).AddScript({
                param($Folder, $Shared)
                Import-ExportFile $Folder -AsDataReader | ForEach-Object {
                    $null = $_.Read()
                    $Shared.Reader = $_
                    while ($true) { Start-Sleep -Milliseconds 50 }
                }
            }).AddArgument("$TestDrive/exports").AddArgument($shared)
        $null = $shell.BeginInvoke()
        while (-not $shared.Contains('Reader')) { Start-Sleep -Milliseconds 20 }
        $shell.Stop()
        $shared.Reader.IsClosed | Should -BeTrue
        $shell.Dispose()
    }

    It 'ends with an error when <Name>' -ForEach @(
        @{ Name = 'a part is missing'; Path = '*-part00[13].csv'; Id = 'PartsMismatch' }
        @{ Name = 'a path has no file'; Path = '*.csv', 'none.csv'; Id = 'InvalidPath' }
        @{ Name = 'a file has no manifest'; Path = '../plain.csv'; Id = 'ManifestMissing' }
    ) {
        'crmId,crmRecordType,expiredAt,createdAt', 'a,LEAD,1,2' | Set-Content -Path "$TestDrive/plain.csv"
        { Import-ExportFile $Path.ForEach{ "$TestDrive/exports/$_" } -AsDataReader } | Should -Throw -ErrorId "$Id,*"
    }

    It 'reads a file without a manifest with -SkipVerification' {
        'crmId,crmRecordType,expiredAt,createdAt', 'a,LEAD,1,2' | Set-Content -Path "$TestDrive/plain.csv"
        $reader = Import-ExportFile "$TestDrive/plain.csv" -AsDataReader -SkipVerification
        Measure-Reader $reader | Should -Be 1
        $reader.Dispose()
    }

    It 'throws from Read when a file was modified, and counts malformed rows with -MalformedRow Skip' {
        $copies = "$TestDrive/modified"
        Copy-Item -Path "$TestDrive/exports" -Destination $copies -Recurse
        $path = Join-Path -Path $copies -ChildPath $files[1].FileName
        $text = [System.IO.File]::ReadAllText($path)
        [System.IO.File]::WriteAllText($path, $text.Substring(0, $text.Length - 2) + 'x' + $text[-1])
        $reader = Import-ExportFile $copies -AsDataReader
        { Measure-Reader $reader } | Should -Throw '*part002*'
        { $reader.Read() } | Should -Throw '*part002*'
        $reader.Dispose()

        $reader = Import-ExportFile $copies -AsDataReader -MalformedRow Skip -SkipVerification
        Measure-Reader $reader | Should -Be 149
        $reader.SkippedRowCount | Should -Be 1
        $reader.SkippedRowErrors[0].Id | Should -Be MalformedRow
        $reader.Dispose()
    }
}
