# Runs the recipes of docs/databases-and-spreadsheets.md as they are written. The providers are those of the engine's tests.
BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    # The providers are built for the runtime of the tests.
    $hasProvider = [Environment]::Version.Major -ge 10 -and
        [bool] (Get-BuildOutput -Project 'tests/LinkedInExports.Core.Tests' -File 'Microsoft.Data.Sqlite.dll')
    $postgres = @(Get-Command -Name initdb, '/usr/lib/postgresql/*/bin/initdb' -CommandType Application -ErrorAction Ignore)
    $hasPostgres = $IsLinux -and $hasProvider -and $postgres.Count -gt 0 -and
        ((id -u) -ne 0 -or (Get-Command -Name runuser -ErrorAction Ignore))
    $hasDuckDb = [bool] (Get-Command -Name duckdb -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-Module -Name (Get-ManifestPath)
    $page = [System.IO.File]::ReadAllText("$PSScriptRoot/../../docs/databases-and-spreadsheets.md").Replace("`r", '')

    # Gets the first PowerShell example below a heading.
    function Get-Recipe([string] $Heading) {
        if ($page -notmatch "(?s)\n#+ $Heading\n.*?\n``````powershell\n(.*?)\n``````") { throw "$Heading has no example." }
        $Matches[1]
    }

    # Copies the assemblies of the providers to one folder, where they find each other and the native library.
    function Copy-Provider([string] $Folder) {
        $null = New-Item -ItemType Directory -Path $Folder
        $build = Split-Path -Path (Get-BuildOutput -Project 'tests/LinkedInExports.Core.Tests' -File 'Microsoft.Data.Sqlite.dll')
        $system = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier -replace '^(?!win|osx)[^-]+', 'linux'
        Copy-Item -Path "$build/Microsoft.Data.Sqlite.dll", "$build/SQLitePCLRaw.*.dll", "$build/Npgsql.dll",
            "$build/runtimes/$system/native/*e_sqlite3*" -Destination $Folder
        $shared = Split-Path -Path (Split-Path -Path (Split-Path -Path ([object].Assembly.Location)))
        foreach ($line in dotnet --list-runtimes) {
            if ($line -match "^Microsoft\.AspNetCore\.App ($([Environment]::Version.Major)\.\S+) \[(.+)\]$") {
                $shared = "$($Matches[2])/$($Matches[1])"
            }
        }
        Copy-Item -Path "$shared/Microsoft.Extensions.*.Abstractions.dll" -Destination $Folder
    }

    function New-Connection([string] $Path) {
        $connection = [Microsoft.Data.Sqlite.SqliteConnection]::new("Data Source=$Path;Pooling=False")
        $connection.Open()
        $connection
    }

    function Get-Scalar($Connection, [string] $Sql) {
        $command = $Connection.CreateCommand()
        $command.CommandText = $Sql
        $command.ExecuteScalar()
    }
}

Describe 'The recipes for databases' -Skip:(-not $hasProvider) {
    BeforeAll {
        $providers = "$TestDrive/providers"
        Copy-Provider $providers
        # Everything but the native library, which is a .dll file on Windows.
        $assemblies = @(Get-ChildItem -Path $providers -Filter *.dll | Where-Object Name -ne e_sqlite3.dll)
        Add-Type -Path $assemblies.FullName
        . ([scriptblock]::Create((Get-Recipe 'Load a database')))

        $emulator = Start-Emulator
        Connect-Emulator $emulator
        Push-Location -Path $TestDrive
        $jobs = New-SalesAnalyticsExportJob 7001 -ExportType Activity -StartAt 2025-01-01 -EndAt 2025-08-01
        $files = @($jobs | Wait-ExportJob | Save-ExportFile -Destination ./exports)
        $records = @(Import-ExportFile ./exports)
    }

    AfterAll {
        Pop-Location
        Stop-Emulator $emulator
    }

    BeforeEach {
        $database = "$TestDrive/$([guid]::NewGuid()).db"
        $connection = New-Connection $database
    }

    AfterEach {
        $connection.Dispose()
    }

    It 'load SQLite' {
        $files.Count | Should -BeGreaterThan 1
        . ([scriptblock]::Create((Get-Recipe SQLite))) | Should -Be "$($records.Count) rows"
        Get-Scalar $connection 'SELECT count(*) FROM Activity' | Should -Be $records.Count
        Get-Scalar $connection 'SELECT sum(SeatId) FROM Activity' | Should -Be ($records | Measure-Object SeatId -Sum).Sum
        Get-Scalar $connection "SELECT CreatedAt FROM Activity WHERE ActivityId = '$($records[0].ActivityId)'" |
            Should -Be $records[0].CreatedAt.ToString('yyyy-MM-dd HH:mm:ss')
        Get-Scalar $connection 'SELECT count(*) FROM Activity WHERE MemberIdentityKey IS NULL' |
            Should -Be $records.Where{ $null -eq $_.MemberIdentityKey }.Count
    }

    It 'load nothing into SQLite when the last file was modified' {
        $last = $files[-1].Path
        $bytes = [System.IO.File]::ReadAllBytes($last)
        try {
            $changed = $bytes.Clone()
            $firstRow = [array]::IndexOf($changed, [byte] 10) + 1
            $changed[$firstRow] = $changed[$firstRow] -bxor 1
            [System.IO.File]::WriteAllBytes($last, $changed)
            { . ([scriptblock]::Create((Get-Recipe SQLite))) } | Should -Throw '*was modified*'
            Get-Scalar $connection 'SELECT count(*) FROM Activity' | Should -Be 0
        }
        finally { [System.IO.File]::WriteAllBytes($last, $bytes) }
    }

    It 'load each export once' {
        $recipe = [scriptblock]::Create((Get-Recipe 'Incremental loads'))
        @(. $recipe).Count | Should -Be $files.Count
        . $recipe | Should -BeNullOrEmpty
        Get-Scalar $connection 'SELECT count(*) FROM Activity' | Should -Be $records.Count
        Get-Scalar $connection 'SELECT count(*) FROM LoadedExport' | Should -Be $files.Count
    }

    # LINKEDINEXPORTS_PROOF=full kills 50 processes.
    It 'load each row once when processes are killed between the rows and the commit' -Skip:$IsWindows {
        $connection.Dispose()
        $text = Get-Recipe 'Incremental loads'
        $text.Contains('$transaction.Commit()') | Should -BeTrue
        $setup = @"
            Set-Location -Path '$TestDrive'
            Import-Module -Name '$(Get-ManifestPath)'
            Add-Type -Path '$($assemblies.FullName -join "', '")'
            $(Get-Recipe 'Load a database')
            `$connection = [Microsoft.Data.Sqlite.SqliteConnection]::new('Data Source=$database;Pooling=False')
            `$connection.Open()
"@ -replace '(?m)^ +(?=using|public|''@)'
        $commit = "[Console]::WriteLine('loaded'); `$null = [Console]::ReadLine(); `$transaction.Commit()"
        Set-Content -Path "$TestDrive/load.ps1" -Value ($setup + "`n" + $text.Replace('$transaction.Commit()', $commit))

        foreach ($kill in 1..$(if ($env:LINKEDINEXPORTS_PROOF -eq 'full') { 50 } else { 3 })) {
            Remove-Item -Path "$database*"
            # The exports before this one are committed, and this one is not.
            $committed = $kill % $files.Count
            $start = Get-ProcessStart -Command (Get-ShellPath) -Argument '-NoProfile', '-File', "$TestDrive/load.ps1"
            $start.RedirectStandardOutput = $start.RedirectStandardInput = $true
            $process = [System.Diagnostics.Process]::Start($start)
            for ($loads = 0; $loads -le $committed; $loads++) {
                while (($line = $process.StandardOutput.ReadLine()) -ne 'loaded') { $line | Should -Match 'rows$' }
                if ($loads -lt $committed) { $process.StandardInput.WriteLine() }
            }
            $process.Kill()
            $process.WaitForExit()

            $connection = New-Connection $database
            Get-Scalar $connection 'SELECT count(*) FROM LoadedExport' | Should -Be $committed
            $null = . ([scriptblock]::Create($text))
            Get-Scalar $connection 'SELECT count(*) FROM Activity' | Should -Be $records.Count
            Get-Scalar $connection 'SELECT count(DISTINCT ActivityId) FROM Activity' | Should -Be $records.Count
            Get-Scalar $connection 'SELECT count(*) FROM LoadedExport' | Should -Be $files.Count
            $connection.Dispose()
        }
    }

    # Skipped without the packages of PostgreSQL.
    It 'load PostgreSQL, and nothing when a file was modified' -Skip:(-not $hasPostgres) {
        $initdb = @(Get-Command -Name initdb, '/usr/lib/postgresql/*/bin/initdb' -CommandType Application -ErrorAction Ignore)[-1]
        $bin = Split-Path -Path $initdb.Source
        $data = (New-Item -ItemType Directory -Path "/tmp/linkedin-pg-$(Get-Random)").FullName
        # PostgreSQL doesn't run as root.
        $as = if ((id -u) -eq 0) { 'runuser', '-u', 'postgres', '--' } else { 'env' }
        if ((id -u) -eq 0) { chown postgres $data }
        $run, $arguments = $as
        try {
            $null = & $run @arguments "$bin/initdb" -D "$data/db" -U postgres -A trust --no-sync
            $null = & $run @arguments "$bin/pg_ctl" -D "$data/db" -w -l "$data/log" -o "-k $data -c listen_addresses='' -F" start
            $connection.Dispose()
            $connection = [Npgsql.NpgsqlConnection]::new("Host=$data;Username=postgres;Database=postgres")
            $connection.Open()
            $recipe = [scriptblock]::Create((Get-Recipe PostgreSQL))
            . $recipe | Should -Be "$($records.Count) rows"
            Get-Scalar $connection 'SELECT count(*) FROM activity' | Should -Be $records.Count
            $created = "SELECT created_at AT TIME ZONE 'UTC' FROM activity WHERE activity_id = '$($records[0].ActivityId)'"
            Get-Scalar $connection $created | Should -Be $records[0].CreatedAt.UtcDateTime
            . $recipe | Should -Be "$($records.Count) rows"
            Get-Scalar $connection 'SELECT count(*) FROM activity' | Should -Be $records.Count

            $null = Get-Scalar $connection 'DELETE FROM activity'
            $bytes = [System.IO.File]::ReadAllBytes($files[-1].Path)
            try {
                $changed = $bytes.Clone()
                $firstRow = [array]::IndexOf($changed, [byte] 10) + 1
                $changed[$firstRow] = $changed[$firstRow] -bxor 1
                [System.IO.File]::WriteAllBytes($files[-1].Path, $changed)
                { . $recipe } | Should -Throw '*was modified*'
            }
            finally { [System.IO.File]::WriteAllBytes($files[-1].Path, $bytes) }
            Get-Scalar $connection 'SELECT count(*) FROM activity' | Should -Be 0
        }
        finally {
            $connection.Dispose()
            $null = & $run @arguments "$bin/pg_ctl" -D "$data/db" -m immediate stop
            Remove-Item -Path $data -Recurse -Force
        }
    }

    # Skipped without duckdb on the PATH.
    It 'convert to Parquet with DuckDB' -Skip:(-not $hasDuckDb) {
        . ([scriptblock]::Create((Get-Recipe 'DuckDB and Parquet')))
        duckdb -csv -noheader -c "SELECT count(*) FROM './activities.parquet'" | Should -Be $records.Count
    }
}
