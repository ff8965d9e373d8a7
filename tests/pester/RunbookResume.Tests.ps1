BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $folder = Join-Path -Path (Split-Path -Path $manifest) -ChildPath 'module/runbooks'
    . "$PSScriptRoot/RunbookFunctions.ps1"

    # Starts a fan-out that is killed, and starts it again. It waits for the limit per minute while the other tests run.
    function Start-FanOut([string] $Where) {
        $emulator = Start-Emulator -Option @{ 'records-per-minute' = 200 }
        $candidates = New-CandidateCsv "$Where/candidates.csv" 240
        $fanOut = '-CsvPath', "$Where/candidates.csv", '-Contract', '1', '-IntegrationContext', '2',
            '-LedgerPath', "$Where/ledger",
            '-ProcessCount', '4', '-RecordsPerMinute', '200', '-BatchSize', '10', '-EventLogPath', "$Where/events.jsonl"
        $killed = Start-Runbook Invoke-ResumeFanOut $fanOut
        Wait-Until { (Invoke-RestMethod -Uri "$($emulator.Url)/emulator/resumes").total -ge 40 }
        $second = Invoke-Runbook Invoke-ResumeFanOut $fanOut
        $killed.Process.Kill()
        $killed.Process.WaitForExit()

        # Its processes end after they have lost their parent process. Until then they have the locks of their ledgers.
        Wait-Until {
            0..3 | ForEach-Object {
                try {
                    [System.IO.File]::Open("$Where/ledger/part-$_-of-4/run.lock", 'Open', 'ReadWrite', 'None').Dispose()
                    $true
                }
                catch { $false }
            } | Group-Object | Where-Object { $_.Name -eq 'True' -and $_.Count -eq 4 }
        }
        [pscustomobject]@{
            Emulator   = $emulator
            Folder     = $Where
            Candidates = $candidates
            Second     = $second
            Last       = Start-Runbook Invoke-ResumeFanOut $fanOut
        }
    }

    $four = Start-FanOut "$TestDrive/four"
}

AfterAll { if ($four) { Stop-Emulator $four.Emulator } }

Describe 'Sync-Resumes' {
    BeforeAll { $emulator = Start-Emulator }

    AfterAll { Stop-Emulator $emulator }

    # A test that fails must not leave its faults to the next one.
    AfterEach { Clear-Emulator $emulator }

    It 'continues after the time of a run, a second run and kill -9' {
        $candidates = New-CandidateCsv "$TestDrive/sync/candidates.csv" 300
        $log = "$TestDrive/sync/events.jsonl"
        $sync = '-CsvPath', "$TestDrive/sync/candidates.csv", '-Contract', '1', '-IntegrationContext', '2',
            '-LedgerPath', "$TestDrive/sync/ledger", '-EventLogPath', $log

        $short = Invoke-Runbook Sync-Resumes ($sync + '-StopAfter', '0:0:0')
        $short.ExitCode | Should -Be 75 -Because $short.Text
        (Get-Event $log | Where-Object event -EQ ResumesSynced).pending | Should -Be 300

        Add-EmulatorFault $emulator @{ kind = 'latency'; delaySeconds = 600; pathPrefix = '/ambry/'; skip = 150; times = -1 }
        $killed = Start-Runbook Sync-Resumes $sync
        # The emulator has the resumes before the run has read the response.
        Wait-Until { (Get-CandidateResumeSync -LedgerPath "$TestDrive/sync/ledger").InSync -eq 100 }
        (Invoke-Runbook Sync-Resumes $sync).ExitCode | Should -Be 75
        $killed.Process.Kill()
        $killed.Process.WaitForExit()
        (Get-CandidateResumeSync -LedgerPath "$TestDrive/sync/ledger").InSync | Should -Be 100
        Clear-Emulator $emulator

        $last = Wait-Runbook (Start-Runbook Sync-Resumes $sync)
        $last.ExitCode | Should -Be 0 -Because $last.Text
        Assert-SameResume -Emulator $emulator -Expected $candidates
        $again = Invoke-Runbook Sync-Resumes $sync
        $again.ExitCode | Should -Be 0
        $events = Get-Event $log
        $events.Where{ $_.event -eq 'ResumesSynced' }[-1].unchanged | Should -Be 300
        $events.Where{ $_.event -eq 'RunEnded' }.exitCode | Should -Be 75, 75, 0, 0

        $other = Invoke-Runbook Sync-Resumes ($sync + '-PartCount', '2')
        $other.ExitCode | Should -Be 1
        $other.Text | Should -Match 'created with -PartCount 1'
        $few = Invoke-Runbook Sync-Resumes ($sync + '-RequestsPerDay', '20', '-MachineCount', '10')
        $few.ExitCode | Should -Be 1
        $few.Text | Should -Match '-RequestsPerDay 20 is too low for 10 shares \(-MachineCount\).* at least 30 requests'
        (Invoke-Runbook Sync-Resumes $sync).ExitCode | Should -Be 0 -Because 'the attempt has changed nothing'
    }

    It 'continues after the quota of the day, and reports invalid candidates' {
        $null = New-CandidateCsv "$TestDrive/few/candidates.csv" 20
        Add-Content -Path "$TestDrive/few/candidates.csv" -Value '"bad","R","yesterday","files/x.txt"'
        $sync = '-CsvPath', "$TestDrive/few/candidates.csv", '-Contract', '1', '-IntegrationContext', '2',
            '-LedgerPath', "$TestDrive/few/ledger", '-EventLogPath', "$TestDrive/few/events.jsonl"
        $own = @{ LINKEDINEXPORTS_DATA = "$TestDrive/few/data" } # Without the requests of the other tests.
        $limited = Invoke-Runbook Sync-Resumes ($sync + '-RequestsPerDay', '12') -Environment $own
        $limited.ExitCode | Should -Be 75 -Because $limited.Text
        $events = Get-Event "$TestDrive/few/events.jsonl"
        $events.Where{ $_.event -eq 'Incomplete' }.message | Should -Match 'resumes remain'
        $events.Where{ $_.event -eq 'Error' }.target | Should -Be bad

        (Invoke-Runbook Sync-Resumes $sync).ExitCode | Should -Be 1 -Because 'all is done, and one could not be'
        (Get-CandidateResumeSync -LedgerPath "$TestDrive/few/ledger").InSync | Should -Be 20

        Set-Content -Path "$TestDrive/few/other.csv" -Value 'Id,Path', '1,x'
        $other = Invoke-Runbook Sync-Resumes ($sync + '-PartCount', '2' |
            ForEach-Object { $_ -replace 'candidates', 'other' -replace 'ledger$', 'ledger2' })
        $other.ExitCode | Should -Be 1
        $other.Text | Should -Match 'no column CandidateId'
    }

    It 'is incomplete when the requests of the day were used up before midnight' {
        $null = New-CandidateCsv "$TestDrive/midnight/candidates.csv" 20
        $sync = '-CsvPath', "$TestDrive/midnight/candidates.csv", '-Contract', '1', '-IntegrationContext', '5',
            '-LedgerPath', "$TestDrive/midnight/ledger", '-RequestsPerDay', '12'
        # The status after midnight has the requests of the new day.
        $next = @{
            Environment = @{ LINKEDINEXPORTS_DATA = "$TestDrive/midnight/data" }
            Setup       = 'function Get-CandidateResumeSync { [pscustomobject]@{ RequestsToday = 0; NextRunAt = $null } }'
        }
        $result = Invoke-Runbook Sync-Resumes $sync @next
        $result.ExitCode | Should -Be 75 -Because $result.Text
        $result.Text | Should -Match 'resumes remain for the next run'

        Add-Content -Path "$TestDrive/midnight/candidates.csv" -Value '"bad","R","yesterday","files/x.txt"'
        $result = Invoke-Runbook Sync-Resumes $sync @next
        $result.ExitCode | Should -Be 75 -Because 'the invalid candidate is reported by each run'
    }

    It 'rejects -RetainFor without a unit' {
        $sync = '-CsvPath', "$TestDrive/few/candidates.csv", '-Contract', '1', '-IntegrationContext', '2',
            '-LedgerPath', "$TestDrive/few/ledger3"
        $result = Invoke-Runbook Sync-Resumes ($sync + '-RetainFor', '90')
        $result.ExitCode | Should -Not -Be 0
        $result.Text | Should -Match 'has no unit'
    }

    It 'always assigns a candidate to the same part' {
        Import-Module -Name "$folder/RunbookSupport.psm1"
        Get-CandidatePart -CandidateId 'C1' -PartCount 8 | Should -Be 1
        Get-CandidatePart -CandidateId "M$([char] 0xFC)ller" -PartCount 8 | Should -Be 1
        $sizes = 1..400 | ForEach-Object { Get-CandidatePart -CandidateId "C$_" -PartCount 4 } | Group-Object |
            ForEach-Object Count
        @($sizes).Count | Should -Be 4
        $sizes | ForEach-Object { $_ | Should -BeGreaterThan 60 }
        Remove-Module -Name RunbookSupport
    }
}

Describe 'Invoke-ResumeFanOut' {
    It 'keeps the limits over four processes, even after it was killed' {
        $four.Second.ExitCode | Should -Be 75
        $four.Second.Text | Should -Match 'Another run has'
        $last = Wait-Runbook $four.Last
        $last.ExitCode | Should -Be 0 -Because $last.Text
        Assert-SameResume -Emulator $four.Emulator -Expected $four.Candidates
        $quota = Invoke-RestMethod -Uri "$($four.Emulator.Url)/emulator/quota"
        $quota.use.mostRecordsInOneMinute | Should -BeGreaterThan 100
        $quota.use.mostRecordsInOneMinute | Should -BeLessOrEqual 200
        $quota.use.refusedByQuota | Should -Be 0

        $status = 0..3 | ForEach-Object { Get-CandidateResumeSync -LedgerPath "$($four.Folder)/ledger/part-$_-of-4" }
        ($status | Measure-Object -Property InSync -Sum).Sum | Should -Be 240
        $status.RequestsPerDay | Should -Be 100000, 100000, 100000, 100000 -Because 'processes of a machine share the quota'
        $events = Get-Event "$($four.Folder)/events.jsonl"
        $run = $events[-1].run
        $events.Where{ $_.run -eq $run -and $_.event -eq 'PartEnded' }.part | Sort-Object | Should -Be 0, 1, 2, 3
    }

    It 'removes the jobs of the parts when one cannot be started' {
        $emulator = Start-Emulator
        try {
            $null = New-CandidateCsv "$TestDrive/start/candidates.csv" 2
            $lines = Invoke-NewSession -Emulator $emulator -Script @"
                function global:Start-Job {
                    [CmdletBinding()]
                    param(`$Name, `$ScriptBlock, `$ArgumentList)
                    if (Get-Job) { throw 'no process' }
                    Microsoft.PowerShell.Core\Start-Job @PSBoundParameters
                }
                `$sync = @{
                    CsvPath            = '$TestDrive/start/candidates.csv'
                    Contract           = 1
                    IntegrationContext = 2
                    LedgerPath         = '$TestDrive/start/ledger'
                    ProcessCount       = 2
                }
                & '$folder/Invoke-ResumeFanOut.ps1' @sync
                "exit `$LASTEXITCODE, jobs `$(@(Get-Job).Count)"
"@
            $lines | Should -Contain 'exit 1, jobs 0'
            "$lines" | Should -Match 'no process'
        }
        finally {
            Stop-Emulator $emulator
        }
    }

    It 'fails before it starts a part when too few requests are left for each machine' {
        $null = New-CandidateCsv "$TestDrive/share/candidates.csv" 5
        $sync = '-CsvPath', "$TestDrive/share/candidates.csv", '-Contract', '1', '-IntegrationContext', '2',
            '-LedgerPath', "$TestDrive/share/ledger", '-ProcessCount', '10', '-RequestsPerDay', '20'
        # Without shared quotas, the processes divide the requests.
        $result = Invoke-Runbook Invoke-ResumeFanOut $sync -Environment @{ LINKEDINEXPORTS_DATA = 'off' }
        $result.ExitCode | Should -Be 1
        $result.Text | Should -Match '-RequestsPerDay 20 is too low for 10 shares \(-ProcessCount\).* at least 30 requests'
        $result.Text | Should -Not -Match 'Part 0'
    }

    It 'has a lock for each user, ledger and list of machines' {
        Import-Module -Name "$folder/RunbookSupport.psm1"
        try {
            $at = @{ LedgerPath = 'D:\sync'; IntegrationContext = '2'; Machine = 'worker1', 'worker2' }
            $data = (New-Item -ItemType Directory -Path "$TestDrive/data").FullName
            $temporary = [System.IO.Path]::GetTempPath().TrimEnd('\', '/')
            foreach ($case in @{ Data = $data; Folder = $data }, @{ Data = 'off'; Folder = $temporary },
                @{ Data = "$TestDrive/none"; Folder = $temporary }) {
                Invoke-WithEnvironment @{ LINKEDINEXPORTS_DATA = $case.Data } {
                    $path = Get-FanOutLockPath @at
                    Split-Path -Path $path | Should -Be $case.Folder
                    Get-FanOutLockPath @at | Should -Be $path
                    foreach ($change in @{ LedgerPath = 'E:\sync' }, @{ IntegrationContext = '3' }, @{ Machine = 'worker1' }) {
                        $other = $at + @{}
                        foreach ($name in $change.Keys) { $other[$name] = $change[$name] }
                        Get-FanOutLockPath @other | Should -Not -Be $path
                    }
                }
            }
        }
        finally {
            Remove-Module -Name RunbookSupport
        }
    }

    It 'synchronizes with sessions, which connect themselves' -Skip:$IsWindows {
        $emulator = Start-Emulator
        try {
            $candidates = New-CandidateCsv "$TestDrive/remote/candidates.csv" 30
            # A replacement for ssh that starts the remote end on this machine. The protocol is that of PowerShell remoting.
            $command = "#!/bin/sh`nexec '$(Get-ShellPath)' -NoProfile -NoLogo -s`n"
            $ssh = New-Item -Path "$TestDrive/bin/ssh" -Force -Value $command
            chmod +x $ssh.FullName
            $script = @"
                `$env:PATH = '$TestDrive/bin:' + `$env:PATH
                `$sessions = New-PSSession -HostName worker1, worker2
                `$sync = @{
                    CsvPath            = '$TestDrive/remote/candidates.csv'
                    Contract           = 1
                    IntegrationContext = 2
                    LedgerPath         = '$TestDrive/remote/ledger'
                    Session            = `$sessions
                    RemoteRunbook      = '$folder/Sync-Resumes.ps1'
                    EventLogPath       = '$TestDrive/remote/events.jsonl'
                }
                `$status = & '$folder/Invoke-ResumeFanOut.ps1' @sync
                "exit `$LASTEXITCODE"
                (`$status | Measure-Object -Property Synced -Sum).Sum
                `$status.PSComputerName | Sort-Object
"@
            $lines = Invoke-NewShell -Emulator $emulator -Script $script -Environment @{ LINKEDINEXPORTS_DATA = "$TestDrive/bin" }
            Get-ChildItem -Path "$TestDrive/bin" -Filter 'resume-fan-out-*.lock' | Should -HaveCount 1
            $summaries, $results = $lines.Where({ $_ -like 'Sync-CandidateResume completed *' }, 'Split')
            $summaries | Should -HaveCount 2 -Because 'each part has one'
            $results | Should -Be 'exit 0', '30', 'worker1', 'worker2'
            Assert-SameResume -Emulator $emulator -Expected $candidates -Once
            $null = Get-Event "$TestDrive/remote/events.jsonl"
        }
        finally {
            Stop-Emulator $emulator
        }
    }
}
