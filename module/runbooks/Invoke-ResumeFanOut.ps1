<#
.SYNOPSIS
Syncs resumes with several processes or machines at a time.

.DESCRIPTION
Starts Sync-Resumes.ps1 once for each part of the candidates: in processes of this machine (Start-Job), on other machines
(-ComputerName), or in sessions that are open (-Session). A candidate always belongs to the same part, each part has a ledger of
its own under LedgerPath, and LinkedIn's limits are divided among the parts. So the whole never sends more than one run would.

One process alone comes near LinkedIn's limits when files and network are fast. More of them are for slow disks, slow networks,
and for machines that each have a part of the files.

LinkedIn asks for batches to be submitted "in sequential order". Each part sends its batches one after the other, and the parts send
theirs at the same time. LinkedIn does not say whether that is allowed. If batches have to be in one sequence, use Sync-Resumes.ps1
alone.

A connection cannot be handed to another process. Each part connects by itself: processes of this machine inherit its
environment; other machines need their own environment, or a vault with -SecretName. There the module, the CSV and the files must
be found under the same paths, and LedgerPath has to be a folder that is kept.

Exit codes (start it with pwsh -File, or powershell -File):
  0   done: every candidate is in sync
  75  go on later: time or requests are over for at least one part, or another run is at work. Run it again.
  1   failed; the errors say what. Running again does no harm.
  130 interrupted with Ctrl+C or stopped (143: terminated with SIGTERM). The next run continues.

.PARAMETER CsvPath
The candidates; see Sync-Resumes.ps1. Each part reads the whole file and takes its candidates out of it.

.PARAMETER Contract
The Recruiter contract that files are uploaded for: its number or its URN.

.PARAMETER IntegrationContext
The company that LinkedIn named at onboarding: its number or its URN.

.PARAMETER LedgerPath
The folder of the ledgers, on each machine.

.PARAMETER ProcessCount
How many processes to start on this machine.

.PARAMETER ComputerName
The machines, one for each part, in an order that stays the same: each machine has the ledger of its part.

.PARAMETER Credential
Who signs in on these machines.

.PARAMETER Session
Open sessions, one for each part, in an order that stays the same.

.PARAMETER RemoteRunbook
The path of Sync-Resumes.ps1 on the other machines; by default the one of the module that is installed there.

.PARAMETER StopAfter
The time of a run, 2:45 hours by default.

.PARAMETER RecordsPerMinute
The records a minute that all parts together may send; 10,000 by default, which is LinkedIn's limit for an application.

.PARAMETER RequestsPerDay
The requests a day (UTC) that all parts together may send; 100,000 by default, which is LinkedIn's limit for an application.

.PARAMETER BatchSize
Records in a request, 1 to 100.

.PARAMETER ThrottleLimit
How many files each part reads and uploads at a time.

.PARAMETER RetainFor
How long LinkedIn keeps the files; for ever by default. A time span such as 90.00:00:00, or a number with a unit such as '6 months'.

.PARAMETER RemoveMissing
Removes the records at LinkedIn that the ledgers have and the CSV does not have any more; see Sync-Resumes.ps1.

.PARAMETER MaxRemovals
How many records each part removes at most, as a number or as a percentage of its ledger; 10% by default.

.PARAMETER Resend
Sends resumes again although they are in sync: Expired or All; see Sync-Resumes.ps1.

.PARAMETER QueryTunneling
Whether long queries go in the body of a POST request: Auto, Always or Never. See Sync-CandidateResume.

.PARAMETER WaitForQuota
Waits for the next day when the requests of one are used up. Give a long -StopAfter with it.

.PARAMETER DownloadHost
Hosts that links of LinkedIn may lead to, also those for uploads, in addition to the hosts that LinkedIn documents. They do not receive
the access token, except with =token after the name. One text may have several, with commas. By default those in
LINKEDIN_DOWNLOAD_HOSTS where each part runs.

.PARAMETER SecretName
The name of the secret, looked up by each part where it runs; see Sync-Resumes.ps1.

.PARAMETER EventLogPath
A file on this machine that gets a line of JSON for each event of all parts, UTF-8, without secrets.

.PARAMETER EventLogSize
The size at which that file is renamed to .1, and .1 to .2, up to .5; 10 MB by default.

.EXAMPLE
pwsh -NoProfile -NonInteractive -File Invoke-ResumeFanOut.ps1 -CsvPath /data/candidates.csv -Contract 123456 -IntegrationContext 1234567890 -LedgerPath /data/resume-sync -ProcessCount 4

Four processes on this machine.

.EXAMPLE
./Invoke-ResumeFanOut.ps1 \\files\hr\candidates.csv -Contract 123456 -IntegrationContext 1234567890 -LedgerPath D:\resume-sync -ComputerName worker1, worker2 -SecretName LinkedInApp

Two machines, which find the secret in their own vaults.

.OUTPUTS
LinkedInExports.CandidateResumeSync for each part.

.LINK
about_LinkedInExports_Unattended
#>
#Requires -Version 5.1
[CmdletBinding(DefaultParameterSetName = 'Process')]
param(
    [Parameter(Mandatory = $true, Position = 0)] [ValidateNotNullOrEmpty()] [string] $CsvPath,
    [Parameter(Mandatory = $true)] [ValidateNotNullOrEmpty()] [string] $Contract,
    [Parameter(Mandatory = $true)] [ValidateNotNullOrEmpty()] [string] $IntegrationContext,
    [Parameter(Mandatory = $true)] [ValidateNotNullOrEmpty()] [string] $LedgerPath,
    [Parameter(ParameterSetName = 'Process')] [ValidateRange(1, 64)] [int] $ProcessCount = 4,
    [Parameter(Mandatory = $true, ParameterSetName = 'ComputerName')] [ValidateNotNullOrEmpty()] [string[]] $ComputerName,
    [Parameter(ParameterSetName = 'ComputerName')] [pscredential] $Credential,
    [Parameter(Mandatory = $true, ParameterSetName = 'Session')] [ValidateNotNullOrEmpty()] [System.Management.Automation.Runspaces.PSSession[]] $Session,
    [Parameter(ParameterSetName = 'ComputerName')] [Parameter(ParameterSetName = 'Session')] [string] $RemoteRunbook,
    [timespan] $StopAfter = '02:45:00',
    [ValidateRange(1, 2147483647)] [int] $RecordsPerMinute = 10000,
    [ValidateRange(1, 2147483647)] [int] $RequestsPerDay = 100000,
    [ValidateRange(1, 100)] [int] $BatchSize = 100,
    [ValidateRange(1, 64)] [int] $ThrottleLimit = 8,
    [ValidateScript({ if ("$_" -match '^\s*\d+\s*$') { throw "-RetainFor $_ has no unit. Give '$_ days' or another unit." }; $true })] [object] $RetainFor,
    [switch] $RemoveMissing,
    [ValidatePattern('^\d+$|^\d+(\.\d+)?%$')] [string] $MaxRemovals = '10%',
    [ValidateSet('Expired', 'All')] [string] $Resend,
    [ValidateSet('Auto', 'Always', 'Never')] [string] $QueryTunneling = 'Auto',
    [switch] $WaitForQuota,
    [string[]] $DownloadHost,
    [string] $SecretName,
    [string] $EventLogPath,
    [ValidateRange(1024, [long]::MaxValue)] [long] $EventLogSize = 10MB
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Continue'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name "$PSScriptRoot/RunbookSupport.psm1" -ErrorAction Stop

$run = Enter-Runbook -Name 'Invoke-ResumeFanOut' -EventLogPath $EventLogPath -EventLogSize $EventLogSize
$isLocal = $PSCmdlet.ParameterSetName -eq 'Process'
$partCount = switch ($PSCmdlet.ParameterSetName) {
    'Process' { $ProcessCount }
    'ComputerName' { $ComputerName.Count }
    'Session' { $Session.Count }
}

# Paths of other machines mean nothing here.
$common = @{
    CsvPath            = if ($isLocal) { Resolve-RunbookPath -Path $CsvPath } else { $CsvPath }
    LedgerPath         = if ($isLocal) { Resolve-RunbookPath -Path $LedgerPath } else { $LedgerPath }
    Contract           = $Contract
    IntegrationContext = $IntegrationContext
    PartCount          = $partCount
    StopAfter          = $StopAfter
    RecordsPerMinute   = $RecordsPerMinute
    RequestsPerDay     = $RequestsPerDay
    BatchSize          = $BatchSize
    ThrottleLimit      = $ThrottleLimit
    WaitForQuota       = [bool] $WaitForQuota
    RemoveMissing      = [bool] $RemoveMissing
    MaxRemovals        = $MaxRemovals
    QueryTunneling     = $QueryTunneling
    SecretName         = $SecretName
}
if ($DownloadHost) { $common.DownloadHost = $DownloadHost }
if ($PSBoundParameters.ContainsKey('RetainFor')) { $common.RetainFor = $RetainFor }
if ($Resend) { $common.Resend = $Resend }

$part = {
    param([string] $Runbook, [hashtable] $Parameter)

    if (-not $Runbook) {
        $module = Get-Module -Name LinkedInExports -ListAvailable | Sort-Object -Property Version -Descending | Select-Object -First 1
        if (-not $module) { throw "The module LinkedInExports is not installed on $([System.Environment]::MachineName)." }
        $Runbook = Join-Path -Path $module.ModuleBase -ChildPath 'module/runbooks/Sync-Resumes.ps1'
    }
    & $Runbook @Parameter
    [pscustomobject]@{ PartIndex = $Parameter.PartIndex; ExitCode = $LASTEXITCODE }
}

# Without a shared disk, the lock of each part's ledger is what keeps two runs apart; this one says so sooner.
$lock = if ($isLocal) { Join-Path -Path $common.LedgerPath -ChildPath 'fan-out.lock' }
else { Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath 'LinkedInExports.ResumeFanOut.lock' }

Invoke-Runbook -Run $run -LockPath $lock -Body {
    $jobs = @()
    try {
        $jobs = @(for ($index = 0; $index -lt $partCount; $index++) {
                $parameter = $common + @{ PartIndex = $index }
                Write-RunbookEvent -Run $run -Name 'PartStarted' -Data @{ part = $index; parts = $partCount }
                switch ($PSCmdlet.ParameterSetName) {
                    'Process' { Start-Job -Name "part $index" -ScriptBlock $part -ArgumentList "$PSScriptRoot/Sync-Resumes.ps1", $parameter }
                    'ComputerName' {
                        $who = if ($Credential) { @{ Credential = $Credential } } else { @{} }
                        Invoke-Command -ComputerName $ComputerName[$index] @who -AsJob -JobName "part $index" -ScriptBlock $part -ArgumentList $RemoteRunbook, $parameter
                    }
                    'Session' { Invoke-Command -Session $Session[$index] -AsJob -JobName "part $index" -ScriptBlock $part -ArgumentList $RemoteRunbook, $parameter }
                }
            })

        $codes = @{}
        $jobs | Receive-Job -Wait | ForEach-Object -Process {
            if ($_.PSObject.Properties['ExitCode']) {
                $codes[[int] $_.PartIndex] = [int] $_.ExitCode
                Write-RunbookEvent -Run $run -Name 'PartEnded' -Data @{ part = $_.PartIndex; parts = $partCount; exitCode = $_.ExitCode }
            }
            else {
                Write-RunbookEvent -Run $run -Name 'ResumesSynced' -Data @{
                    parts = $partCount; ledger = $_.LedgerPath; synced = $_.Synced; unchanged = $_.Unchanged; failed = $_.Failed
                    rejected = $_.Rejected; pending = $_.Pending; removed = $_.Removed; requestsToday = $_.RequestsToday; nextRunAt = $_.NextRunAt
                }
                $_
            }
        }

        for ($index = 0; $index -lt $partCount; $index++) {
            if (-not $codes.ContainsKey($index)) { Write-Error -Message "Part $index of $partCount ended without a result." -ErrorId 'PartLost' }
            elseif ($codes[$index] -eq 75) { Register-IncompleteRun -Run $run -Reason "Part $index of $partCount goes on later." }
            elseif ($codes[$index] -ne 0) { Write-Error -Message "Part $index of $partCount failed." -ErrorId 'PartFailed' }
        }
    }
    finally {
        $jobs | Remove-Job -Force
    }
}
exit (Complete-Runbook -Run $run)
