BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $header = 'crmId,crmRecordType,expiredAt,createdAt'
    $silent = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }

    function Write-Byte {
        param([string] $Name, [object[]] $Part)
        $bytes = foreach ($one in $Part) {
            if ($one -is [string]) { [System.Text.Encoding]::UTF8.GetBytes($one) } else { [byte] $one }
        }
        $path = Join-Path -Path $TestDrive -ChildPath $Name
        [System.IO.File]::WriteAllBytes($path, [byte[]] $bytes)
        $path
    }
}

Describe 'Import-ExportFile' {
    It 'reports a row with invalid UTF-8 and reads the others' {
        $path = Write-Byte latin.csv "$header`na,LEAD,1,2`nM", 0xFC, "ller,LEAD,3,4`nb,LEAD,5,6`n"
        (Import-ExportFile $path -ErrorVariable problems -ErrorAction SilentlyContinue).CrmId | Should -Be a
        $problems.FullyQualifiedErrorId | Should -Be 'MalformedRow,LinkedInExports.Commands.ImportExportFileCommand'
        $problems.Exception.Message | Should -Be "${path}: row 2 column 1 (crmId) has bytes that are not valid utf-8."
        $problems.ErrorDetails.RecommendedAction | Should -Match '-Encoding'

        $records = Import-ExportFile $path -MalformedRow Skip -ErrorVariable problems @silent
        $records.CrmId | Should -Be a, b
        $problems.Count | Should -Be 1
    }

    It 'decodes a file with -Encoding <Encoding>' -ForEach @(
        @{ Encoding = 'windows-1252'; Name = 'windows-1252' }
        @{ Encoding = 'latin1'; Name = 'iso-8859-1' }
        @{ Encoding = 'ansi'; Name = 'windows-1252' }
        @{ Encoding = 1252; Name = 'windows-1252' }
        @{ Encoding = '1252'; Name = 'windows-1252' }
        @{ Encoding = [System.Text.Encoding]::Latin1; Name = 'iso-8859-1' }
        @{ Encoding = 'unicode'; Name = 'utf-16' }
        @{ Encoding = 'UTF-16'; Name = 'utf-16' }
        @{ Encoding = 'bigendianunicode'; Name = 'utf-16BE' }
        @{ Encoding = 'UTF8'; Name = 'utf-8' }
    ) {
        $bytes = [System.Text.Encoding]::GetEncoding($Name).GetBytes("$header`nMüller,LEAD,3,4`n")
        [System.IO.File]::WriteAllBytes("$TestDrive/encoded.csv", $bytes)
        [cultureinfo]::CurrentCulture = 'en-US'
        (Import-ExportFile "$TestDrive/encoded.csv" -Encoding $Encoding).CrmId | Should -BeExactly 'Müller'
    }

    It 'rejects an encoding that does not exist' -ForEach 'utf-9', 99999, $null {
        { Import-ExportFile x.csv -Encoding $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'rejects a delimiter that cannot separate values' -ForEach '"', "`n", 'é' {
        { Import-ExportFile x.csv -Delimiter $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'reads other spellings and delimiters of the header' {
        'Activity ID;activity_type;CREATEDAT;seat id', 'a;SAVED_LEAD;01-03-2025 08:15:30;7' |
            Set-Content -Path "$TestDrive/other.csv"
        $record = Import-ExportFile "$TestDrive/other.csv" -Strict -WarningVariable warnings
        $record | Should -BeOfType LinkedInExports.SalesActivityRecord
        $record.ActivityId, $record.ActivityType, $record.SeatId, $record.MemberIdentityKey | Should -Be a, SAVED_LEAD, 7, $null
        $warnings | Should -BeNullOrEmpty

        'activityId|activityType', 'a|INMAIL_ACCEPTED' | Set-Content -Path "$TestDrive/other.csv"
        (Import-ExportFile "$TestDrive/other.csv" -Delimiter '|').ActivityType | Should -Be INMAIL_ACCEPTED
    }

    It 'outputs null and one warning when a column is missing, and an error with -Strict' {
        'crmId,expiredAt,Owner', 'a,1,x', 'b,2,y' | Set-Content -Path "$TestDrive/partial.csv"
        $records = Import-ExportFile "$TestDrive/partial.csv" -WarningVariable warnings -WarningAction SilentlyContinue
        $records.Count | Should -Be 2
        $records[0].CrmRecordType, $records[0].CreatedAt | Should -Be $null, $null
        $records[0].Owner | Should -Be x
        $warnings | Should -HaveCount 1
        $warnings | Should -Match 'the header does not have crmRecordType, createdAt'
        $records | Out-String -Width 80 | Should -Match '1970-01-01 00:00'
        ($records | ConvertTo-Csv)[1] | Should -Match '^"a",,"'

        { Import-ExportFile "$TestDrive/partial.csv" -Strict -ErrorAction Stop } | Should -Throw -ErrorId 'MissingColumn,*'
    }

    It 'outputs nothing for a file that has only a byte order mark' {
        $path = Write-Byte mark.csv 0xEF, 0xBB, 0xBF
        Import-ExportFile $path -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
    }

    It 'reads a blank line in a file of one column as an empty value' {
        "seatId`n7`n`n8`n" | Set-Content -NoNewline -Path "$TestDrive/one.csv"
        (Import-ExportFile "$TestDrive/one.csv" -ExportType Seat).seatId | Should -Be 7, '', 8
    }

    It 'reports an unexpected exception as an error of the file and reads the next one' {
        Add-Type -TypeDefinition @'
            public class BrokenEncoding : System.Text.ASCIIEncoding
            {
                public override System.Text.Decoder GetDecoder() =>
                    throw new System.InvalidTimeZoneException("broken\x1b[31m");
            }
'@
        $path = Write-Byte plain.csv "$header`na,LEAD,1,2`n"
        $marked = Write-Byte marked.csv 0xEF, 0xBB, 0xBF, "$header`nb,LEAD,1,2`n"
        $records = Import-ExportFile $path,
            $marked -Encoding ([BrokenEncoding]::new()) -ErrorVariable problems -ErrorAction SilentlyContinue
        $records.CrmId | Should -Be b
        $problems.FullyQualifiedErrorId | Should -Be 'InternalError,LinkedInExports.Commands.ImportExportFileCommand'
        $problems.Exception.Message | Should -Match 'plain\.csv'
        $problems.Exception.Message | Should -Not -Match '\e'
        $problems.Exception.InnerException | Should -Not -BeNullOrEmpty
    }

    It 'stops when the pipeline is ended' {
        $path = Write-Byte two.csv "$header`na,LEAD,1,2`nb,LEAD,x,2`nc,LEAD,1,2`n"
        @(Import-ExportFile $path | Select-Object -First 1).Count | Should -Be 1
        { Import-ExportFile $path -MalformedRow Skip -ErrorAction Stop } | Should -Throw -ErrorId 'MalformedRow,*'
        { Import-ExportFile $path | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'
        foreach ($round in 1, 2) { Import-ExportFile $path | ForEach-Object { break } }
        $round | Should -Be 1
    }

    Context 'with a folder' {
        BeforeEach {
            $folder = New-Item -ItemType Directory -Path "$TestDrive/$([guid]::NewGuid())"
            "$header`nb,LEAD,1,2" | Set-Content -Path "$folder/2.csv"
            "$header`na,CONTACT,1,2" | Set-Content -Path "$folder/1.csv"
        }

        It 'reads the export files in the order of their names, and no others' {
            '{}' | Set-Content -Path "$folder/1.csv.manifest.json", "$folder/checkpoint.json", "$folder/report.html"
            "$header`nc,LEAD,1,2" | Set-Content -Path "$folder/3.csv.partial"
            $null = New-Item -ItemType Directory -Path "$folder/sub"
            "$header`nd,LEAD,1,2" | Set-Content -Path "$folder/sub/4.csv"
            Import-ExportFile "$folder/1.csv" | Export-Csv "$folder/0.csv"
            'CrmId,CrmRecordType,ExpiredAt,CreatedAt', 'x,LEAD,2025-01-01T00:00:00.000Z,2025-01-01T00:00:00.000Z' |
                Set-Content -Path "$folder/changed-company-148.csv"
            (Import-ExportFile $folder -ErrorVariable problems).CrmId | Should -Be a, b
            (Import-ExportFile -LiteralPath $folder).CrmId | Should -Be a, b
            (Import-ExportFile "$folder/*.csv").CrmId | Should -Be a, b
            (Get-ChildItem "$folder/*csv*" | Import-ExportFile -ErrorVariable +problems).CrmId | Should -Be a, b
            $problems | Should -BeNullOrEmpty
            (Get-ChildItem "$folder/*.manifest.json" | Import-ExportFile -Verbose 4>&1).Message | Should -Match 'skipping'
        }

        It 'is tested, compared and shown as a report' {
            Test-ExportFile $folder -ErrorAction SilentlyContinue | Should -Be $false, $false
            Compare-ExportFile $folder $folder | Should -BeNullOrEmpty
            Compare-ExportFile "$folder/1.csv" $folder | ForEach-Object Key | Should -Match b
            New-ExportReport $folder "$folder/report.html" | Should -Not -BeNullOrEmpty
            Get-Item $folder | New-ExportReport -OutputPath "$folder/report.html" | Should -Not -BeNullOrEmpty
        }

        It 'reports an error when it has no export files' {
            Remove-Item "$folder/*"
            { Import-ExportFile $folder -ErrorAction Stop } |
                Should -Throw '*is a folder without export files.' -ErrorId 'InvalidPath,*'
        }

        It 'reports an error for a converted file that is specified by its name, except with -ExportType' {
            $path = "$folder/converted.csv"
            Import-ExportFile "$folder/1.csv" | Export-Csv $path
            { Import-ExportFile $path -ErrorAction Stop } |
                Should -Throw "*converted.csv is not a file of LinkedIn*" -ErrorId 'ConvertedFile,*'
            { Import-ExportFile $path -ExportType CrmValidation -ErrorAction Stop } | Should -Throw -ErrorId 'MalformedRow,*'
            "CrmId,CrmRecordType,ExpiredAt,CreatedAt`na,LEAD,1,2" | Set-Content -Path $path
            (Import-ExportFile $path).CrmId | Should -Be a -Because 'the times are those of an export'
        }
    }

    It 'outputs records that know their source' {
        $path = Write-Byte source.csv "$header,Owner`na,LEAD,1,2,x`nbad,LEAD,x,2,x`nb,LEAD,3,4,y`n"
        $records = Import-ExportFile $path -MalformedRow Skip @silent
        $records.FilePath | Should -Be $path, $path
        $records.RowNumber | Should -Be 1, 3
        $records[0].JobId, $records[0].Contract, $records[0].CrmInstanceId | Should -Be $null, $null, $null
        $records[0].PSObject.TypeNames[0] | Should -Be LinkedInExports.CrmValidationRecordWithExtraColumns
        ($records | ConvertTo-Csv)[0] |
            Should -Be ('"CrmId","CrmRecordType","ExpiredAt","CreatedAt","Owner",' +
                '"JobId","Contract","CrmInstanceId","FilePath","RowNumber"')
        'seatId,contract,rowNumber', '7,mine,99' | Set-Content -Path "$TestDrive/shadow.csv"
        $seat = Import-ExportFile "$TestDrive/shadow.csv" -ExportType Seat
        $seat.PSObject.TypeNames[0] | Should -Be LinkedInExports.SeatRecord
        $seat.Contract, $seat.RowNumber, $seat.FilePath | Should -Be mine, 99, "$TestDrive/shadow.csv"
        $seat.PSObject.Properties.Name | Should -Be seatId, contract, rowNumber, JobId, CrmInstanceId, FilePath
    }

    Context 'with a named pipe' -Skip:$IsWindows {
        It 'reads the records when they are written' {
            & mkfifo "$TestDrive/fifo"
            $writer = Start-Process -FilePath sh -ArgumentList '-c',
                "`"printf '$header\na,LEAD,1,2\nb,LEAD,1,2\n' > '$TestDrive/fifo'`"" -PassThru
            (Import-ExportFile "$TestDrive/fifo").CrmId | Should -Be a, b
            $writer.WaitForExit()
        }

        It 'stops promptly while it waits for a writer' {
            & mkfifo "$TestDrive/silent"
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$manifest'; Import-ExportFile '$TestDrive/silent'")
            $running = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 1500
            $running.IsCompleted | Should -BeFalse -Because 'it has to be waiting when it is stopped'
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            $shell.Streams.Error.Count | Should -Be 0
            [System.IO.FileStream]::new("$TestDrive/silent", 'Open', 'ReadWrite').Dispose()
        }
    }
}

Describe 'Import-ExportFile after Save-ExportFile' {
    BeforeAll {
        function Save-Activity([hashtable] $Option) {
            $emulator = Start-Emulator -Option (@{ 'processing-time' = 0; 'activity-interval' = 3600 } + $Option)
            try {
                Connect-Emulator $emulator
                New-SalesAnalyticsExportJob 7001 -ExportType Activity -StartAt 2025-01-01 -EndAt 2025-01-01 |
                    Wait-ExportJob -PollInterval 0.1 |
                    Save-ExportFile -Destination "$TestDrive/$([guid]::NewGuid())" -WarningAction SilentlyContinue
            }
            finally { Stop-Emulator $emulator }
        }
        $asDocumented = Save-Activity @{} | Import-ExportFile
    }

    It 'outputs the same records when <Name>' -ForEach @(
        @{ Name = 'the names of columns are words'; Option = @{ 'header-spelling' = 'words' } }
        @{ Name = 'the names of columns are in snake case'; Option = @{ 'header-spelling' = 'snake-case' } }
        @{ Name = 'the names of columns are in upper case'; Option = @{ 'header-spelling' = 'upper-case' } }
        @{ Name = 'values are separated by semicolons'; Option = @{ delimiter = ';' } }
        @{ Name = 'the number of rows includes the header'; Option = @{ 'row-count' = 'data-and-header' } }
    ) {
        $asDocumented.Count | Should -Be 24
        $file = Save-Activity $Option
        $records = $file | Import-ExportFile -Strict -WarningVariable warnings -WarningAction SilentlyContinue
        $records | Select-Object -Property * -ExcludeProperty FilePath | ConvertTo-Csv |
            Should -BeExactly ($asDocumented | Select-Object -Property * -ExcludeProperty FilePath | ConvertTo-Csv)
        $warnings | Should -BeNullOrEmpty

        # Without the manifest, the header determines the type.
        Remove-Item -LiteralPath "$($file.Path).manifest.json"
        $columns = 'ActivityId', 'ActivityType', 'CreatedAt', 'SeatId', 'MemberIdentityKey'
        Import-ExportFile $file.Path -Strict | Select-Object -Property $columns | ConvertTo-Csv |
            Should -BeExactly ($asDocumented | Select-Object -Property $columns | ConvertTo-Csv)
    }

    It 'outputs records without a member when the optional column is missing' {
        $records = Save-Activity @{ 'omitted-columns' = 'memberIdentityKey' } |
            Import-ExportFile -Strict -WarningVariable warnings -WarningAction SilentlyContinue
        $records | Select-Object ActivityId, ActivityType, CreatedAt, SeatId | ConvertTo-Csv |
            Should -BeExactly ($asDocumented | Select-Object ActivityId, ActivityType, CreatedAt, SeatId | ConvertTo-Csv)
        @($records | Where-Object MemberIdentityKey -NE $null) | Should -HaveCount 0
        $warnings | Should -BeNullOrEmpty
    }

    It 'outputs null and one warning when another column is missing' {
        $file = Save-Activity @{ 'omitted-columns' = 'seatId' }
        $file.IsRecognized | Should -BeFalse
        $records = $file | Import-ExportFile -WarningVariable warnings -WarningAction SilentlyContinue
        $records.ActivityId | Should -BeExactly $asDocumented.ActivityId
        @($records | Where-Object SeatId -NE $null) | Should -HaveCount 0
        $warnings | Should -HaveCount 1
    }
}

Describe 'Compare-ExportFile' {
    It 'reports invalid UTF-8 instead of treating different ids as equal' {
        $reference = Write-Byte u1.csv "$header`nM", 0xFC, "ller,LEAD,1,2`n"
        $difference = Write-Byte u2.csv "$header`nM", 0xE4, "ller,LEAD,1,2`n"
        { Compare-ExportFile $reference $difference -ErrorAction Stop } | Should -Throw -ErrorId 'MalformedRow,*'
        (Compare-ExportFile $reference $difference -Encoding windows-1252).Change | Should -Be Added, Removed
    }

    It 'rejects a named pipe, which cannot be read twice' -Skip:$IsWindows {
        $file = Write-Byte file.csv "$header`na,LEAD,1,2`n"
        & mkfifo "$TestDrive/compared"
        $writer = Start-Process -FilePath sh -ArgumentList '-c', "`"printf '$header\n' > '$TestDrive/compared'`"" -PassThru
        { Compare-ExportFile $file "$TestDrive/compared" -ErrorAction Stop } | Should -Throw -ErrorId 'FileReadFailed,*'
        $writer.WaitForExit()
    }
}

Describe 'New-ExportReport' {
    It 'notes on the page that a file with invalid UTF-8 is incomplete, unless -Encoding is specified' {
        $path = Write-Byte report.csv "$header`na,LEAD,1,2`nM", 0xFC, "ller,LEAD,1,2`n"
        $null = New-ExportReport $path "$TestDrive/report.html" -ErrorVariable problems @silent
        $problems.FullyQualifiedErrorId | Should -BeLike 'MalformedRow,*'
        Get-Content -Raw -Path "$TestDrive/report.html" | Should -Match 'Not all of report.csv is in this report'

        $null = New-ExportReport $path "$TestDrive/report.html" -Encoding latin1
        Get-Content -Raw -Path "$TestDrive/report.html" | Should -Match 'M\\u00FCller'
    }
}
