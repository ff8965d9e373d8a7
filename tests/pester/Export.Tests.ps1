# Also for Windows PowerShell, in whose syntax it is.
#Requires -Version 5.1
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $emulator = Start-Emulator -Option @{ rows = 1000; 'extra-columns' = 'Owner,Region' }
    Connect-Emulator $emulator
    $soon = [timespan] '0:0:0.1'
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'A validation export' {
    BeforeEach {
        Clear-Emulator $emulator
        $out = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid())
    }

    It 'goes from the job to filtered records in one pipeline' {
        $count = New-CrmValidationExportJob -CrmInstanceId $crm -ExportStartAt 2025-01-01 | Wait-ExportJob -PollInterval $soon |
            Save-ExportFile -Destination $out | Import-ExportFile | Where-Object CrmRecordType -EQ CONTACT | Measure-Object
        $count.Count | Should -Be 2250
        @(Get-ChildItem -Path "$out/*.csv").Count | Should -Be 3
    }

    It 'accepts CRM instances from the pipeline and reports an invalid one' {
        $jobs = $crm, 'not one', $crm |
            New-CrmValidationExportJob -ExportStartAt 2025-01-01 -ErrorVariable problems -ErrorAction SilentlyContinue
        $jobs.Count | Should -Be 2
        $problems.FullyQualifiedErrorId |
            Should -Be 'InvalidCrmInstanceId,LinkedInExports.Commands.NewCrmValidationExportJobCommand'
        $problems.CategoryInfo.Category | Should -Be InvalidArgument
        $problems.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problems.TargetObject | Should -Be 'not one'
    }

    It 'is verified with its manifest' {
        $files = @(New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob -PollInterval $soon |
            Save-ExportFile -Destination $out)
        $files | Test-ExportFile | Should -Be $true, $true, $true
        Get-ChildItem -Path "$out/*.csv" | Test-ExportFile | Should -Be $true, $true, $true
        Test-ExportFile "$out/*.csv" | Should -Be $true, $true, $true

        Add-Content -LiteralPath $files[0].Path -Value 'x'
        Remove-Item -LiteralPath "$($files[1].Path).manifest.json"
        Remove-Item -LiteralPath $files[2].Path
        $files | Test-ExportFile -ErrorVariable problems -ErrorAction SilentlyContinue | Should -Be $false, $false, $false
        $problems.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } |
            Should -Be 'ExportFileModified', 'ManifestMissing', 'InvalidPath'
        $problems.TargetObject | Should -Be $files.Path
        Test-ExportFile -LiteralPath $files[0].Path -ErrorAction SilentlyContinue | Should -BeFalse
    }

    It 'is not created when it starts in the future' {
        $tomorrow = (Get-Date).AddDays(1)
        $job = New-CrmValidationExportJob $crm -ExportStartAt $tomorrow -ErrorVariable problems -ErrorAction SilentlyContinue
        $job | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidPeriod,*'
    }

    It 'is returned by its id' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
        $found = Get-CrmValidationExportJob $job.Id -CrmInstanceId $crm
        $found.JobId | Should -Be $job.JobId
        $found.Status | Should -Be COMPLETED
        $found.ExportStartAt | Should -Be $job.ExportStartAt
        { Get-CrmValidationExportJob 1 -CrmInstanceId $crm -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,*'
    }

    It 'continues in another process from a file' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
        $job | Export-Clixml -Path "$TestDrive/job.xml"
        Invoke-NewShell -Emulator $emulator -Script @"
            Import-Module '$manifest'
            Import-Clixml '$TestDrive/job.xml' | Wait-ExportJob | Save-ExportFile -Destination '$out' | ForEach-Object RowCount
"@ | Should -Be 1000, 1000, 1000
    }

    It 'is serialized with all properties except its links' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob
        $job.DownloadUrls.Count | Should -Be 3
        $job | Export-Clixml -Path "$TestDrive/job.xml"
        Get-Content -Raw -Path "$TestDrive/job.xml" | Should -Not -Match 'ambry'
        $back = Import-Clixml -Path "$TestDrive/job.xml"
        foreach ($name in 'JobId', 'ExportType', 'Status', 'State', 'CrmInstanceId', 'ExportStartAt', 'ExportEndAt',
            'NextExportStartAt', 'ExpireAt', 'CreatedAt') {
            $back.$name | Should -Be $job.$name -Because $name
        }
        "$job" | Should -Not -Match 'ambry'
        $job | Out-String | Should -Not -Match 'ambry'
        $job | Format-List | Out-String | Should -Not -Match 'ambry'
    }

    It 'is a job again when Start-Job returns it' {
        $background = Start-Job -ScriptBlock {
            $env:LINKEDIN_ACCESS_TOKEN = $using:emulator.Token
            $env:LINKEDIN_BASE_URI = $using:emulator.BaseUri
            Import-Module $using:manifest
            New-CrmValidationExportJob $using:crm -ExportStartAt 2025-01-01
        }
        $job = $background | Receive-Job -Wait -AutoRemoveJob
        @($job | Wait-ExportJob | Save-ExportFile -Destination $out).Count | Should -Be 3
    }

    It 'is not downloaded twice' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob
        $first = $job | Save-ExportFile -Destination $out
        Clear-Emulator $emulator
        $second = $job | Save-ExportFile -Destination $out
        $second.Sha256 | Should -Be $first.Sha256
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
        ($first | Get-FileHash -Algorithm SHA256).Hash | Should -Be $first.Sha256
    }

    It 'overwrites a file without a manifest only with -Force' {
        $null = New-Item -ItemType Directory -Path $out
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob
        'mine' | Set-Content -Path "$out/crm-validation-$($job.JobId)-part002.csv"
        $files = $job | Save-ExportFile -Destination $out -ErrorVariable problems -ErrorAction SilentlyContinue
        $files.Part | Should -Be 1, 3
        $problems.CategoryInfo.Category | Should -Be ResourceExists
        ($job | Save-ExportFile -Destination $out -Force).Part | Should -Be 1, 2, 3
    }

    It 'changes nothing with -WhatIf' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob
        Clear-Emulator $emulator
        New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -WhatIf | Should -BeNullOrEmpty
        $job | Save-ExportFile -Destination $out -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorRequest $emulator | Should -BeNullOrEmpty
        Test-Path -LiteralPath $out | Should -BeFalse
    }

    It 'names the command to continue with when a wait times out' {
        $slow = Start-Emulator -Option @{ 'processing-time' = 3600 }
        try {
            $connection = Connect-Emulator $slow @{ PassThru = $true }
            $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 -Connection $connection
            $job | Wait-ExportJob -Timeout 0:0:0.5 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -BeLike 'WaitTimedOut,*'
            $problems.CategoryInfo.Category | Should -Be OperationTimeout
            $problems.Exception.Message | Should -Match "Get-CrmValidationExportJob -JobId $($job.JobId) "
            { $job | Wait-ExportJob -Timeout '-0:0:1' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
            { $job | Wait-ExportJob -PollInterval 0:0:0 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
            foreach ($second in 1, '1', 1.0, ([timespan]::FromSeconds(1))) {
                $watch = [System.Diagnostics.Stopwatch]::StartNew()
                $job | Wait-ExportJob -Timeout $second -PollInterval 0.2 -ErrorAction SilentlyContinue
                $watch.Elapsed.TotalSeconds | Should -BeGreaterThan 0.9
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            }
        }
        finally {
            Connect-Emulator $emulator
            Stop-Emulator $slow
        }
    }

    It 'requests new links when they have expired' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob
        $null = Invoke-RestMethod -Method Post -Uri "$($emulator.Url)/emulator/links/expire"
        @($job | Save-ExportFile -Destination $out).Count | Should -Be 3
    }

    It 'reports one error for each file that is invalid, and saves none' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob
        Add-EmulatorFault $emulator @{ kind = 'htmlInsteadOfCsv'; pathPrefix = '/ambry/'; times = -1 }
        $job | Save-ExportFile -Destination $out -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.Count | Should -Be 3
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidExportFile,*'
        @(Get-ChildItem -LiteralPath $out).Count | Should -Be 0
        { $job | Save-ExportFile -Destination $out -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidExportFile,*'
    }
}

Describe 'Records' {
    BeforeAll {
        Clear-Emulator $emulator
        $files = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob |
            Save-ExportFile -Destination "$TestDrive/records"
    }

    It 'have typed properties, and properties for undocumented columns' {
        $record = $files | Import-ExportFile | Select-Object -First 1
        $record.ExpiredAt | Should -BeOfType [System.DateTimeOffset]
        $record.ExpiredAt.Offset | Should -Be ([timespan]::Zero)
        $record.Owner | Should -Match '^extra1-'
        $record.Region | Should -Match '^extra2-'
        ($record | ConvertTo-Csv -NoTypeInformation)[0] |
            Should -Be ('"CrmId","CrmRecordType","ExpiredAt","CreatedAt","Owner","Region","JobId","Contract",' +
                '"CrmInstanceId","FilePath","RowNumber"')
        ($record | Select-Object -Property * | Get-Member -MemberType NoteProperty).Count | Should -Be 11
        $record.PSObject.TypeNames[0] | Should -Be 'LinkedInExports.CrmValidationRecordWithExtraColumns'
    }

    It 'have times in ISO 8601 after Export-Csv in culture <_>' -ForEach 'en-US', 'de-DE', 'ar-SA' {
        $record = $files[0] | Import-ExportFile | Select-Object -First 1
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $texts = $record, ($record | Select-Object -Property ExpiredAt) |
                ForEach-Object { ($_ | ConvertTo-Csv | ConvertFrom-Csv).ExpiredAt }
            $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01T10:20:30.405Z | ConvertTo-Csv
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
        $expected = $record.ExpiredAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", [cultureinfo]::InvariantCulture)
        $texts | Should -Be $expected, $expected
        ($job | ConvertFrom-Csv).ExportStartAt | Should -Be '2025-01-01T10:20:30.405Z'
        ($job | ConvertFrom-Csv | Wait-ExportJob).ExportStartAt | Should -Be ([datetimeoffset] '2025-01-01T10:20:30.405Z')
    }

    It 'have the names of enumeration values in JSON' {
        $json = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | ConvertTo-Json | ConvertFrom-Json
        $json.ExportType, $json.State | Should -Be 'CrmValidation', 'Running'
        ($files[0] | ConvertTo-Json | ConvertFrom-Json).ExportType | Should -Be 'CrmValidation'
    }

    It 'have their undocumented columns in the table' {
        $files[0] | Import-ExportFile | Select-Object -First 1 | Out-String -Width 200 |
            Should -Match 'Owner=extra1-\S+; Region=extra2-'
    }

    It 'can be compared with dates and texts' {
        $records = $files[0] | Import-ExportFile
        @($records | Where-Object ExpiredAt -GT (Get-Date).AddYears(-30)).Count | Should -Be 1000
        @($records | Where-Object ExpiredAt -GT (Get-Date)).Count | Should -Be 0
        @($records | Where-Object { $_.ExpiredAt -gt '2000-01-01' }).Count | Should -Be 1000
    }

    It 'are read from paths, wildcards, files, literal paths and objects with a Path' {
        @(Import-ExportFile $files[0].Path).Count | Should -Be 1000
        @(Import-ExportFile "$TestDrive/records/*.csv").Count | Should -Be 3000
        @(Import-ExportFile "$TestDrive/records/*").Count | Should -Be 3000
        @(Get-ChildItem -Path "$TestDrive/records/*.csv" | Import-ExportFile).Count | Should -Be 3000
        @([pscustomobject]@{ Path = $files[1].Path } | Import-ExportFile).Count | Should -Be 1000
        $null = New-Item -ItemType Directory -Path "$TestDrive/[odd]"
        Copy-Item -LiteralPath $files[0].Path -Destination "$TestDrive/[odd]/a [1].csv"
        @(Import-ExportFile -LiteralPath "$TestDrive/[odd]/a [1].csv").Count | Should -Be 1000
        @(Import-ExportFile "$TestDrive/[odd]/a [1].csv").Count | Should -Be 1000
        Push-Location -LiteralPath "$TestDrive/records"
        try { @(Import-ExportFile *.csv).Count | Should -Be 3000 } finally { Pop-Location }
    }

    It 'are read from files and folders, with one error for each other path' {
        $records = Import-ExportFile "$TestDrive/no.csv", $files[0].Path, "$TestDrive/records", "$TestDrive/no*.csv",
            'Env:PATH' -ErrorVariable problems -ErrorAction SilentlyContinue
        $records.Count | Should -Be 4000
        $problems.FullyQualifiedErrorId | Sort-Object -Unique |
            Should -Be 'InvalidPath,LinkedInExports.Commands.ImportExportFileCommand'
        $problems.Count | Should -Be 3
    }

    It 'end at a malformed row, or skip it with -MalformedRow Skip' {
        "crmId,crmRecordType,expiredAt,createdAt`na,LEAD,1,2`nb,LEAD`nc,LEAD,3,4" | Set-Content -Path "$TestDrive/bad.csv"
        @(Import-ExportFile "$TestDrive/bad.csv" -ErrorVariable problems -ErrorAction SilentlyContinue).Count | Should -Be 1
        $problems.FullyQualifiedErrorId | Should -BeLike 'MalformedRow,*'
        $silent = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $records = "$TestDrive/bad.csv" |
            Import-ExportFile -MalformedRow Skip -ErrorVariable problems -WarningVariable warnings @silent
        @($records).Count | Should -Be 2
        $problems.Count | Should -Be 1
        $warnings.Count | Should -Be 1
    }

    It 'are displayed in 80 columns, like all other output' {
        $job = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob
        foreach ($thing in $job, $files, ($files | Import-ExportFile | Select-Object -First 3), (Get-LinkedInConnection)) {
            $text = $thing | Out-String -Width 80
            $text | Should -Not -Match '\u2026|\.\.\.'
            ($text -split '\r?\n' | ForEach-Object { ($_ -replace '\e\[[\d;]*m').TrimEnd().Length } |
                Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
        }
    }
}
