<#
.SYNOPSIS
Synchronizes resumes with several processes or machines at the same time.

.DESCRIPTION
Starts Sync-Resumes.ps1 for each part of the candidates: in processes on this machine (Start-Job), on other machines
(-ComputerName), or in open sessions (-Session). A candidate always belongs to the same part. Each part has its own ledger in
LedgerPath. All parts together send no more than one run: LinkedIn's limits are divided among the machines, and processes on this
machine share them through a file. Without this file (LINKEDINEXPORTS_DATA=off), they are divided among the processes.

One process is enough to reach LinkedIn's limits with fast files and a fast network. Use several processes for slow disks, slow
networks, and files that are distributed over several machines.

LinkedIn asks for batches to be submitted "in sequential order". Each part sends its batches one after the other, and the parts
run at the same time. LinkedIn does not document whether that is allowed. If all batches must be in one sequence, use
Sync-Resumes.ps1.

A connection can't be passed to another process, so each part connects itself. Processes on this machine inherit its environment.
Other machines need their own environment, or a vault with -SecretName. The module, the CSV file and the files must have the same
paths there, and LedgerPath must be a permanent folder.

Exit codes, when the script is started with pwsh -File or powershell -File:
  0   Completed: all candidates are in sync.
  75  Incomplete: the time or the requests of the day are used up for a part, or another run is active. Run it again later.
  1   Failed. The errors describe what to do. You can run the script again.
  130 Interrupted with Ctrl+C or stopped (143: terminated with SIGTERM). The next run continues.

.PARAMETER CsvPath
Specifies the candidates; see Sync-Resumes.ps1. Each part reads the complete file and selects its candidates.

.PARAMETER Contract
Specifies the Recruiter contract for which files are uploaded, as a number or a URN.

.PARAMETER IntegrationContext
Specifies the company that LinkedIn named at onboarding, as a number or a URN.

.PARAMETER LedgerPath
Specifies the folder of the ledgers on each machine.

.PARAMETER ProcessCount
Specifies the number of processes on this machine.

.PARAMETER ComputerName
Specifies the machines, one for each part. Keep the order, because each machine has the ledger of its part.

.PARAMETER Credential
Specifies the credential for these machines.

.PARAMETER Session
Specifies open sessions, one for each part. Keep the order.

.PARAMETER RemoteRunbook
Specifies the path of Sync-Resumes.ps1 on the other machines. The default is the path in the installed module.

.PARAMETER StopAfter
Specifies the maximum time of a run, as a time span or in seconds. The default is 2:45 hours.

.PARAMETER RecordsPerMinute
Specifies the records per minute that all parts together can send. The default is 10,000, LinkedIn's limit for an application.

.PARAMETER RequestsPerDay
Specifies the requests per day (UTC) that all parts together can send. The default is 100,000, LinkedIn's limit for an
application.

.PARAMETER BatchSize
Specifies the records in a request, from 1 to 100.

.PARAMETER ThrottleLimit
Specifies the number of files that each part reads and uploads at the same time.

.PARAMETER RetainFor
Specifies how long LinkedIn keeps the files, as a time span such as 90.00:00:00 or as a number with a unit such as '6 months'. By
default, LinkedIn keeps them indefinitely.

.PARAMETER RemoveMissing
Removes the records at LinkedIn that are in the ledgers and not in the CSV file; see Sync-Resumes.ps1.

.PARAMETER MaxRemovals
Specifies the maximum number of records that each part removes, as a number or as a percentage of its ledger. The default is 10%.

.PARAMETER Resend
Sends resumes again although they are in sync: Expired or All; see Sync-Resumes.ps1.

.PARAMETER QueryTunneling
Specifies whether long queries are sent in the body of a POST request: Auto, Always or Never. See Sync-CandidateResume.

.PARAMETER WaitForQuota
Waits for the next day when the requests of a day are used up. Use it with a long -StopAfter.

.PARAMETER DownloadHost
Specifies hosts of LinkedIn's links, including those for uploads, in addition to the hosts that LinkedIn documents. They do not
receive the access token, except with =token after the name. You can pass several hosts as one text with commas. The default is
the value of LINKEDIN_DOWNLOAD_HOSTS where each part runs.

.PARAMETER SecretName
Specifies the name of the secret, which each part reads where it runs; see Sync-Resumes.ps1.

.PARAMETER EventLogPath
Specifies a file on this machine to which one line of JSON is written for each event of all parts, in UTF-8 and without secrets.

.PARAMETER EventLogSize
Specifies the size at which the event log is renamed to .1, and .1 to .2, up to .5. The default is 10 MB.

.EXAMPLE
$at = @{ Contract = 123456; IntegrationContext = 1234567890; LedgerPath = '/data/resume-sync' }
./Invoke-ResumeFanOut.ps1 /data/candidates.csv @at -ProcessCount 4

Starts four processes on this machine.

.EXAMPLE
$at = @{ Contract = 123456; IntegrationContext = 1234567890; LedgerPath = 'D:\resume-sync' }
./Invoke-ResumeFanOut.ps1 \\files\hr\candidates.csv @at -ComputerName worker1, worker2 -SecretName LinkedInApp

Starts two machines, which read the secret from their own vaults.

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
    [Parameter(Mandatory = $true, ParameterSetName = 'Session')] [ValidateNotNullOrEmpty()]
    [System.Management.Automation.Runspaces.PSSession[]] $Session,
    [Parameter(ParameterSetName = 'ComputerName')] [Parameter(ParameterSetName = 'Session')] [string] $RemoteRunbook,
    $StopAfter = '02:45:00',
    [ValidateRange(1, 2147483647)] [int] $RecordsPerMinute = 10000,
    [ValidateRange(3, 2147483647)] [int] $RequestsPerDay = 100000,
    [ValidateRange(1, 100)] [int] $BatchSize = 100,
    [ValidateRange(1, 64)] [int] $ThrottleLimit = 8,
    [ValidateScript({
            if ("$_" -match '^\s*\d+\s*$') { throw "-RetainFor $_ has no unit. Specify '$_ days' or another unit." }
            $true
        })]
    [object] $RetainFor,
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
$StopAfter = ConvertTo-RunbookTime -StopAfter $StopAfter
$isLocal = $PSCmdlet.ParameterSetName -eq 'Process'
$partCount = switch ($PSCmdlet.ParameterSetName) {
    'Process' { $ProcessCount }
    'ComputerName' { $ComputerName.Count }
    'Session' { $Session.Count }
}

# Paths on other machines are resolved there.
$common = @{
    CsvPath            = if ($isLocal) { Resolve-RunbookPath -Path $CsvPath } else { $CsvPath }
    LedgerPath         = if ($isLocal) { Resolve-RunbookPath -Path $LedgerPath } else { $LedgerPath }
    Contract           = $Contract
    IntegrationContext = $IntegrationContext
    PartCount          = $partCount
    MachineCount       = if ($isLocal -and (Test-SharedQuota)) { 1 } else { $partCount }
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
        $module = Get-Module -Name LinkedInExports -ListAvailable | Sort-Object -Property Version -Descending |
            Select-Object -First 1
        if (-not $module) { throw "The module LinkedInExports is not installed on $([System.Environment]::MachineName)." }
        $Runbook = Join-Path -Path $module.ModuleBase -ChildPath 'module/runbooks/Sync-Resumes.ps1'
    }
    & $Runbook @Parameter
    [pscustomobject]@{ PartIndex = $Parameter.PartIndex; ExitCode = $LASTEXITCODE }
}

# On several machines, the lock of each part's ledger prevents a second run. This lock reports it earlier.
$lock = if ($isLocal) { Join-Path -Path $common.LedgerPath -ChildPath 'fan-out.lock' }
else {
    $machines = if ($ComputerName) { $ComputerName } else { $Session.ComputerName }
    Get-FanOutLockPath -LedgerPath $LedgerPath -IntegrationContext $IntegrationContext -Machine $machines
}

Invoke-Runbook -Run $run -LockPath $lock -Body {
    # Each part would report a parameter that this script does not have.
    $divisor = "-$($PSCmdlet.ParameterSetName)" -replace 'Process$', 'ProcessCount'
    $null = Get-RequestShare -RequestsPerDay $RequestsPerDay -Count $common.MachineCount -Parameter $divisor
    $jobs = New-Object -TypeName 'System.Collections.Generic.List[System.Management.Automation.Job]'
    try {
        for ($index = 0; $index -lt $partCount; $index++) {
            $parameter = $common + @{ PartIndex = $index }
            $remote = @{ AsJob = $true; JobName = "part $index"; ScriptBlock = $part }
            Write-RunbookEvent -Run $run -Name 'PartStarted' -Data @{ part = $index; parts = $partCount }
            $job = switch ($PSCmdlet.ParameterSetName) {
                'Process' {
                    Start-Job -Name "part $index" -ScriptBlock $part -ArgumentList "$PSScriptRoot/Sync-Resumes.ps1", $parameter
                }
                'ComputerName' {
                    $who = if ($Credential) { @{ Credential = $Credential } } else { @{} }
                    Invoke-Command -ComputerName $ComputerName[$index] @who @remote -ArgumentList $RemoteRunbook, $parameter
                }
                'Session' {
                    Invoke-Command -Session $Session[$index] @remote -ArgumentList $RemoteRunbook, $parameter
                }
            }
            # Each job at once, so that the jobs are removed if the script is stopped while it starts them.
            if ($job) { $jobs.Add($job) }
        }

        $codes = @{}
        $jobs | Receive-Job -Wait | ForEach-Object -Process {
            if ($_.PSObject.Properties['ExitCode']) {
                $codes[[int] $_.PartIndex] = [int] $_.ExitCode
                Write-RunbookEvent -Run $run -Name 'PartEnded' -Data @{
                    part     = $_.PartIndex
                    parts    = $partCount
                    exitCode = $_.ExitCode
                }
            }
            else {
                Write-RunbookEvent -Run $run -Name 'ResumesSynced' -Data @{
                    parts = $partCount; ledger = $_.LedgerPath; synced = $_.Synced; unchanged = $_.Unchanged; failed = $_.Failed
                    rejected = $_.Rejected; pending = $_.Pending; removed = $_.Removed
                    requestsToday = $_.RequestsToday; nextRunAt = $_.NextRunAt
                }
                $_
            }
        }

        for ($index = 0; $index -lt $partCount; $index++) {
            if (-not $codes.ContainsKey($index)) {
                Write-Error -Message "Part $index of $partCount ended without a result." -ErrorId 'PartLost'
            }
            elseif ($codes[$index] -eq 75) { Register-IncompleteRun -Run $run -Reason "Part $index of $partCount is incomplete." }
            elseif ($codes[$index] -ne 0) { Write-Error -Message "Part $index of $partCount failed." -ErrorId 'PartFailed' }
        }
    }
    finally {
        $jobs | Remove-Job -Force
    }
}
exit (Complete-Runbook -Run $run)
