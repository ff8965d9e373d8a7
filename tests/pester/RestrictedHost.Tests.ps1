BeforeDiscovery {
    # The restrictions are those of Linux.
    $canRestrict = $IsLinux -and (Get-Command -Name setsid -CommandType Application -ErrorAction Ignore) -and
        (& setsid --help 2>&1 | Out-String) -match '--wait'
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $emulator = Start-Emulator
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'A host with 400 MB of memory, a read-only module folder, no console and no home folder' -Skip:(-not $canRestrict) {
    BeforeAll {
        $module = "$TestDrive/module"
        $null = New-Item -ItemType Directory -Path $module, "$TestDrive/work"
        $from = Split-Path -Path (Get-ManifestPath)
        Copy-Item -Path "$from/LinkedInExports.psd1", "$from/module" -Destination $module -Recurse
        # An account that may write everywhere can write here, too, so the files are also compared.
        chmod -R a-w $module
        function Get-ModuleFile {
            Get-ChildItem -LiteralPath $module -Recurse |
                ForEach-Object { "$($_.FullName) $($_.Attributes) $($_.LastWriteTimeUtc.Ticks)" }
        }
        $before = Get-ModuleFile

        $files = New-ResumeFile -Folder "$TestDrive/resumes" -Count 3
        $rows = foreach ($id in 1..100000) { "$id,LEAD,1735689600000,1735689600000" }
        [System.IO.File]::WriteAllLines("$TestDrive/work/many.csv", @('crmId,crmRecordType,expiredAt,createdAt') + $rows)
        @"
            `$ErrorActionPreference = 'Stop'
            Import-Module '$module/LinkedInExports.psd1'
            'jobs {0}' -f (New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt 2025-01-01 -OutVariable job).State
            'files {0}' -f @(`$job | Wait-ExportJob -PollInterval 0:0:0.1 | Save-ExportFile -Destination saved).Count
            'saved {0}' -f (Get-ExportJob).IsSaved
            'records {0}' -f @(Import-ExportFile 'saved/*.csv').Count
            'many {0}' -f (Import-ExportFile many.csv | Measure-Object).Count
            'differences {0}' -f @(Compare-ExportFile many.csv many.csv).Count
            '$($files.FullName -join "', '")' | ForEach-Object {
                [pscustomobject]@{ CandidateId = `$_; ResumeId = 'R'; CreatedAt = '2025-01-31'; Path = `$_ }
            } | Sync-CandidateResume -Contract 7001 -IntegrationContext 1234567890 -LedgerPath ledger | Group-Object Outcome |
                ForEach-Object { "`$(`$_.Name) `$(`$_.Count)" }
            "home (`$(`$env:HOME))"
"@ | Set-Content -LiteralPath "$TestDrive/work/run.ps1"

        $start = Get-ProcessStart -Command setsid -Argument '--wait', (Get-ShellPath), '-NoProfile', '-NonInteractive', '-File',
            'run.ps1'
        $start.WorkingDirectory = "$TestDrive/work"
        $path = $env:PATH
        $start.Environment.Clear()
        $start.Environment['PATH'] = $path
        $start.Environment['NO_COLOR'] = '1'
        $start.Environment['DOTNET_GCHeapHardLimit'] = '0x19000000'
        $variables = Get-ShellEnvironment $emulator @{ LINKEDINEXPORTS_DATA = "$TestDrive/data" }
        foreach ($name in $variables.Keys) { $start.Environment[$name] = $variables[$name] }
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $lines = $process.StandardOutput.ReadToEnd().TrimEnd() -split "`n"
        $process.WaitForExit()
    }

    AfterAll {
        chmod -R u+w $module
    }

    It 'exports, imports, compares and syncs' {
        $lines -join "`n" | Should -Be ('jobs Running', 'files 3', 'saved True', 'records 300', 'many 100000',
            'differences 0', 'Synced 3', 'home ()' -join "`n") -Because $errors.Result
        $process.ExitCode | Should -Be 0
    }

    It 'reports no error, and changes nothing in the folder of the module' {
        $errors.Result | Should -BeNullOrEmpty
        Get-ModuleFile | Should -Be $before
    }
}
