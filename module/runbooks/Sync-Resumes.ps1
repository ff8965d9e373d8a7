<#
.SYNOPSIS
Brings the resumes of a list of candidates in sync with LinkedIn, as far as a run's time and the day's limits go.

.DESCRIPTION
Syncs the candidates of a CSV file with Sync-CandidateResume and a ledger. A sync of many candidates goes on for days: LinkedIn
takes a limited number of requests a day. So the run ends by itself when its time is over (-StopAfter) or the day's requests are
used up, and the next run goes on where it was. What is in sync costs no request. A run that was killed is made good by the next.

One of several machines takes its part with -PartIndex and -PartCount: a candidate always belongs to the same part, each part has
a ledger of its own under LedgerPath, and gets its share of the limits. Invoke-ResumeFanOut.ps1 starts all parts.

Exit codes (start it with pwsh -File, or powershell -File):
  0   done: every candidate is in sync
  75  go on later: the time or the day's requests are over, or another run is at work. Run it again.
  1   failed; the errors say which candidates or what else. Running again does no harm.
  130 interrupted with Ctrl+C or stopped (143: terminated with SIGTERM). The next run continues.
As long as something is left to do, a single candidate that failed makes no 1. In Azure Automation, where jobs have no exit codes,
a failed run throws.

.PARAMETER CsvPath
The candidates: a CSV file in UTF-8 with the columns CandidateId, ResumeId, CreatedAt (or LinkedIn's names TcrmCandidateId and so on), and
Path or ResumeFile. A relative Path starts at the CSV's folder.

.PARAMETER Contract
The Recruiter contract that files are uploaded for: its number or its URN.

.PARAMETER IntegrationContext
The company that LinkedIn named at onboarding: its number or its URN.

.PARAMETER LedgerPath
The folder that remembers what is in sync. It has to outlive the run.

.PARAMETER StopAfter
The time of a run, 2:45 hours by default, for sandboxes that end one after three. The run ends half a minute later at the latest.

.PARAMETER RecordsPerMinute
The records a minute that all parts together may send; 10,000 by default, which is LinkedIn's limit for an application.

.PARAMETER RequestsPerDay
The requests a day (UTC) that all parts together may send; 100,000 by default, which is LinkedIn's limit for an application.

.PARAMETER PartIndex
Which part of the candidates this run takes, from 0.

.PARAMETER PartCount
How many parts there are. It stays the same as long as the ledgers are used.

.PARAMETER BatchSize
Records in a request, 1 to 100.

.PARAMETER ThrottleLimit
How many files are read and uploaded at a time.

.PARAMETER RetainFor
How long LinkedIn keeps the files; for ever by default. A time span such as 90.00:00:00, or a number with a unit such as '6 months'.

.PARAMETER RemoveMissing
Removes the records at LinkedIn that the ledger has and the CSV does not have any more. An empty CSV removes nothing.

.PARAMETER MaxRemovals
How many records -RemoveMissing removes at most, as a number or as a percentage of the ledger; 10% by default. If more are missing
from the CSV, none is removed and the run fails. Of several parts, each has this limit for its own ledger.

.PARAMETER Resend
Sends resumes again although they are in sync: Expired for those whose files LinkedIn has deleted, All for all of the CSV. A resend of
all that does not end within a run is continued by the next one with -Resend All; after it has ended, that begins a new one.

.PARAMETER QueryTunneling
Whether long queries go in the body of a POST request: Auto, Always or Never. See Sync-CandidateResume.

.PARAMETER WaitForQuota
Waits for the next day when the requests of one are used up. For machines that may run for weeks; give a long -StopAfter with it.

.PARAMETER DownloadHost
Hosts that links of LinkedIn may lead to, also those for uploads, in addition to the hosts that LinkedIn documents. They do not receive
the access token, except with =token after the name. One text may have several, with commas. By default those in
LINKEDIN_DOWNLOAD_HOSTS.

.PARAMETER SecretName
The name of the credential with the client id and secret, or of an access token: an asset of Azure Automation, elsewhere a
secret of SecretManagement. By default the environment has it: LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, or
LINKEDIN_ACCESS_TOKEN.

.PARAMETER EventLogPath
A file that gets a line of JSON for each event, UTF-8, without secrets. Ids of candidates that failed are in it.

.PARAMETER EventLogSize
The size at which that file is renamed to .1, and .1 to .2, up to .5; 10 MB by default.

.EXAMPLE
pwsh -NoProfile -NonInteractive -File Sync-Resumes.ps1 -CsvPath /data/candidates.csv -Contract 123456 -IntegrationContext 1234567890 -LedgerPath /data/resume-sync

Scheduled every three hours or so, until it ends with 0.

.EXAMPLE
./Sync-Resumes.ps1 /data/candidates.csv -Contract 123456 -IntegrationContext 1234567890 -LedgerPath /data/resume-sync -PartIndex $env:JOB_COMPLETION_INDEX -PartCount 8

One of eight pods of a Kubernetes job.

.OUTPUTS
LinkedInExports.CandidateResumeSync: how far the sync is.

.LINK
about_LinkedInExports_Unattended
#>
#Requires -Version 5.1
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true, Position = 0)] [ValidateNotNullOrEmpty()] [string] $CsvPath,
    [Parameter(Mandatory = $true)] [ValidateNotNullOrEmpty()] [string] $Contract,
    [Parameter(Mandatory = $true)] [ValidateNotNullOrEmpty()] [string] $IntegrationContext,
    [Parameter(Mandatory = $true)] [ValidateNotNullOrEmpty()] [string] $LedgerPath,
    [timespan] $StopAfter = '02:45:00',
    [ValidateRange(1, 2147483647)] [int] $RecordsPerMinute = 10000,
    [ValidateRange(1, 2147483647)] [int] $RequestsPerDay = 100000,
    [ValidateRange(0, 9999)] [int] $PartIndex = 0,
    [ValidateRange(1, 10000)] [int] $PartCount = 1,
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

$run = Enter-Runbook -Name 'Sync-Resumes' -EventLogPath $EventLogPath -EventLogSize $EventLogSize
$CsvPath = Resolve-RunbookPath -Path $CsvPath
$LedgerPath = Resolve-RunbookPath -Path $LedgerPath
$ledger = if ($PartCount -eq 1) { $LedgerPath } else { Join-Path -Path $LedgerPath -ChildPath "part-$PartIndex-of-$PartCount" }

$sync = @{
    Contract           = $Contract
    IntegrationContext = $IntegrationContext
    LedgerPath         = $ledger
    BatchSize          = $BatchSize
    ThrottleLimit      = $ThrottleLimit
    WaitForQuota       = $WaitForQuota
    RemoveMissing      = $RemoveMissing
    MaxRemovals        = $MaxRemovals
    QueryTunneling     = $QueryTunneling
}
if ($PSBoundParameters.ContainsKey('RetainFor')) { $sync.RetainFor = $RetainFor }
if ($Resend) { $sync.Resend = $Resend }
$option = @{
    RecordsPerMinute = [System.Math]::Max(1, [System.Math]::Floor($RecordsPerMinute / $PartCount))
    RequestsPerDay   = [System.Math]::Max(1, [System.Math]::Floor($RequestsPerDay / $PartCount))
}
if ($DownloadHost) { $option.DownloadHost = Split-RunbookList -Text $DownloadHost }

# In another number of parts most candidates would belong to another ledger, and be uploaded a second time.
function Assert-SamePart {
    if ($PartIndex -ge $PartCount) { throw "There is no part $PartIndex of ${PartCount}: they are numbered from 0." }
    $whole = Test-Path -LiteralPath (Join-Path -Path $LedgerPath -ChildPath 'resume-sync.ledger')
    $others = @(
        Get-ChildItem -LiteralPath $LedgerPath -Filter 'part-*-of-*' -Directory |
            Where-Object { $_.Name -notlike "part-*-of-$PartCount" -or $PartCount -eq 1 } |
            Where-Object { Test-Path -LiteralPath (Join-Path -Path $_.FullName -ChildPath 'resume-sync.ledger') }
    )
    if (($whole -and $PartCount -gt 1) -or $others) {
        $begun = if ($others) { $others[0].Name -replace '.*-' } else { 1 }
        throw "The sync in $LedgerPath was begun with -PartCount $begun. Go on with that, or begin anew in another folder, which uploads everything again."
    }
}

# Column by column, so that one without a needed column is a clear error and not a rejection of each line.
function Get-Candidate {
    $isFirst = $true
    Import-Csv -LiteralPath $CsvPath -Encoding UTF8 -ErrorAction Stop | ForEach-Object -Process {
        if ($isFirst) {
            $isFirst = $false
            $columns = $_.PSObject.Properties.Name
            $column = @('CandidateId', 'TcrmCandidateId').Where({ $_ -in $columns }, 'First')
            if (-not $column) { throw "$CsvPath has no column CandidateId. Its columns: $($columns -join ', ')." }
            $column = $column[0]
        }
        if ($PartCount -eq 1 -or (Get-CandidatePart -CandidateId $_.$column -PartCount $PartCount) -eq $PartIndex) { $_ }
    }
}

Invoke-Runbook -Run $run -LockPath (Join-Path -Path $ledger -ChildPath 'run.lock') -Body {
    Assert-SamePart
    Connect-Runbook -Run $run -SecretName $SecretName -Option $option
    $sync.StopAfter = Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter
    $count = @{}
    Push-Location -LiteralPath (Split-Path -Path $CsvPath)
    try {
        Get-Candidate | Sync-CandidateResume @sync | ForEach-Object -Process { $count["$($_.Outcome)"]++ }
    }
    finally {
        Pop-Location
    }

    $status = Get-CandidateResumeSync -LedgerPath $ledger -ErrorAction Stop
    Write-RunbookEvent -Run $run -Name 'ResumesSynced' -Data @{
        part = $PartIndex; parts = $PartCount; ledger = $ledger
        synced = [int] $count['Synced']; unchanged = [int] $count['Unchanged']; failed = [int] $count['Failed']
        rejected = [int] $count['Rejected']; pending = [int] $count['Pending']; removed = [int] $count['Removed']
        requestsToday = $status.RequestsToday; nextRunAt = $status.NextRunAt
    }
    $status

    if ([int] $count['Pending'] -gt 0) {
        # Pending for another reason than these is a failure, and has been reported.
        if ($status.NextRunAt) { Register-IncompleteRun -Run $run -Reason "$($count['Pending']) resumes are left for after $($status.NextRunAt.UtcDateTime.ToString('u'))." }
        elseif ($run.StartedAt.Elapsed -ge $StopAfter) { Register-IncompleteRun -Run $run -Reason "$($count['Pending']) resumes are left for the next run." }
    }
}
exit (Complete-Runbook -Run $run)
