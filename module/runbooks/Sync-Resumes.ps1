<#
.SYNOPSIS
Synchronizes the resumes of a list of candidates with LinkedIn, within the time of a run and the quota of the day.

.DESCRIPTION
Synchronizes the candidates of a CSV file with Sync-CandidateResume and a ledger. LinkedIn limits the requests per day, so that a
synchronization of many candidates takes several days. A run ends when its time (-StopAfter) or the requests of the day are used
up, and the next run continues. Records that are in sync need no requests. After a crash, run the same command again.

To use several machines, each one processes a part with -PartIndex and -PartCount. A candidate always belongs to the same part.
Each part has its own ledger in LedgerPath, and each machine its share of the limits. Invoke-ResumeFanOut.ps1 starts all parts.

Exit codes, when the script is started with pwsh -File or powershell -File:
  0   Completed: all candidates are in sync.
  75  Incomplete: the time or the requests of the day are used up, or another run is active. Run the script again later.
  1   Failed. The errors describe what to do. You can run the script again.
  130 Interrupted with Ctrl+C or stopped (143: terminated with SIGTERM). The next run continues.
A run that is incomplete ends with 75 even if some candidates failed. Azure Automation has no exit codes; a failed run throws an
error.

.PARAMETER CsvPath
Specifies the candidates: a CSV file in UTF-8 with the columns CandidateId, ResumeId, CreatedAt (or LinkedIn's names such as
TcrmCandidateId), and Path or ResumeFile. A relative Path starts at the folder of the CSV file.

.PARAMETER Contract
Specifies the Recruiter contract for which files are uploaded, as a number or a URN.

.PARAMETER IntegrationContext
Specifies the company that LinkedIn named at onboarding, as a number or a URN.

.PARAMETER LedgerPath
Specifies the folder of the ledger. Keep it for the next run.

.PARAMETER StopAfter
Specifies the maximum time of a run, as a time span or in seconds. The default is 2:45 hours, for sandboxes that end a run after
three hours. The run ends at most half a minute later.

.PARAMETER RecordsPerMinute
Specifies the records per minute that all parts together can send. The default is 10,000, LinkedIn's limit for an application.

.PARAMETER RequestsPerDay
Specifies the requests per day (UTC) that all parts together can send. The default is 100,000, LinkedIn's limit for an
application.

.PARAMETER PartIndex
Specifies the part of the candidates that this run processes, from 0.

.PARAMETER PartCount
Specifies the number of parts. Do not change it as long as you use the ledgers.

.PARAMETER MachineCount
Specifies the number of machines, among which the limits are divided. By default, each part runs on a different machine. Processes
of the same user on one machine share the limits.

.PARAMETER BatchSize
Specifies the records in a request, from 1 to 100.

.PARAMETER ThrottleLimit
Specifies the number of files that are read and uploaded at the same time.

.PARAMETER RetainFor
Specifies how long LinkedIn keeps the files, as a time span such as 90.00:00:00 or as a number with a unit such as '6 months'. By
default, LinkedIn keeps them indefinitely.

.PARAMETER RemoveMissing
Removes the records at LinkedIn that are in the ledger and not in the CSV file. If the CSV file is empty, or has a record whose
CandidateId or ResumeId is invalid, nothing is removed. With several parts, each part reports that record.

.PARAMETER MaxRemovals
Specifies the maximum number of records that -RemoveMissing removes, as a number or as a percentage of the ledger. The default is
10%. If more records are missing from the CSV file, none is removed and the run fails. The limit applies to the ledger of each
part.

.PARAMETER Resend
Sends resumes again although they are in sync: Expired for those whose files LinkedIn has deleted, All for all records of the CSV
file. A resend of all records that did not complete continues with the next run with -Resend All.

.PARAMETER QueryTunneling
Specifies whether long queries are sent in the body of a POST request: Auto, Always or Never. See Sync-CandidateResume.

.PARAMETER WaitForQuota
Waits for the next day when the requests of a day are used up. Use it with a long -StopAfter on machines that can run for weeks.

.PARAMETER DownloadHost
Specifies hosts of LinkedIn's links, including those for uploads, in addition to the hosts that LinkedIn documents. They do not
receive the access token, except with =token after the name. You can pass several hosts as one text with commas. The default is
the value of LINKEDIN_DOWNLOAD_HOSTS.

.PARAMETER SecretName
Specifies the name of a credential with the client id and secret, or of an access token. It is a credential asset in Azure
Automation, and otherwise a secret of SecretManagement. By default, the credentials are read from the environment:
LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, or LINKEDIN_ACCESS_TOKEN.

.PARAMETER EventLogPath
Specifies a file to which one line of JSON is written for each event, in UTF-8 and without secrets. It contains the ids of
candidates that failed.

.PARAMETER EventLogSize
Specifies the size at which the event log is renamed to .1, and .1 to .2, up to .5. The default is 10 MB.

.EXAMPLE
$at = @{ Contract = 123456; IntegrationContext = 1234567890; LedgerPath = '/data/resume-sync' }
./Sync-Resumes.ps1 /data/candidates.csv @at

Synchronizes the candidates. Schedule this command about every three hours until it ends with 0.

.EXAMPLE
$at = @{ Contract = 123456; IntegrationContext = 1234567890; LedgerPath = '/data/resume-sync' }
./Sync-Resumes.ps1 /data/candidates.csv @at -PartIndex $env:JOB_COMPLETION_INDEX -PartCount 8

Synchronizes one part in each of the eight pods of a Kubernetes job.

.OUTPUTS
LinkedInExports.CandidateResumeSync: the progress of the synchronization.

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
    $StopAfter = '02:45:00',
    [ValidateRange(1, 2147483647)] [int] $RecordsPerMinute = 10000,
    [ValidateRange(3, 2147483647)] [int] $RequestsPerDay = 100000,
    [ValidateRange(0, 9999)] [int] $PartIndex = 0,
    [ValidateRange(1, 10000)] [int] $PartCount = 1,
    [ValidateRange(1, 10000)] [int] $MachineCount = $PartCount,
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

$run = Enter-Runbook -Name 'Sync-Resumes' -EventLogPath $EventLogPath -EventLogSize $EventLogSize
$StopAfter = ConvertTo-RunbookTime -StopAfter $StopAfter
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
$divisor = if ($PSBoundParameters.ContainsKey('MachineCount')) { '-MachineCount' } else { '-PartCount' }
$limits = @{
    RecordsPerMinute = [System.Math]::Max(1, [System.Math]::Floor($RecordsPerMinute / $MachineCount))
}

# With another number of parts, most candidates would belong to another ledger and be uploaded again.
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
        throw "The ledger in $LedgerPath was created with -PartCount $begun. Use -PartCount $begun, " +
            'or another folder, which uploads all resumes again.'
    }
}

# Checks the columns first, so that a missing column is one error and not a rejection of each line.
function Get-Candidate {
    $isFirst = $true
    Import-Csv -LiteralPath $CsvPath -Encoding UTF8 -ErrorAction Stop | ForEach-Object -Process {
        if ($isFirst) {
            $isFirst = $false
            $columns = $_.PSObject.Properties.Name
            $column = @('CandidateId', 'TcrmCandidateId').Where({ $_ -in $columns }, 'First')
            if (-not $column) { throw "$CsvPath has no column CandidateId. Its columns: $($columns -join ', ')." }
            $column = $column[0]
            # Only the columns that Sync-CandidateResume reads: another one could be empty in all rows.
            $idColumns = @($column) + @('ResumeId', 'TcrmResumeId').Where({ $_ -in $columns }, 'First')
        }
        if ($PartCount -eq 1 -or (Get-CandidatePart -CandidateId $_.$column -PartCount $PartCount) -eq $PartIndex) { $_ }
        elseif ($RemoveMissing) {
            # An invalid id can be that of a candidate of any part. With this record, no part removes the candidate as missing.
            foreach ($name in $idColumns) {
                if (-not (Test-ResumeId -Id $_.$name)) { $_; break }
            }
        }
    }
}

Invoke-Runbook -Run $run -LockPath (Join-Path -Path $ledger -ChildPath 'run.lock') -Body {
    Assert-SamePart
    $limits.RequestsPerDay = Get-RequestShare -RequestsPerDay $RequestsPerDay -Count $MachineCount -Parameter $divisor
    Connect-Runbook -Run $run -SecretName $SecretName -DownloadHost $DownloadHost -Option $limits
    $sync.StopAfter = Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter
    $count = @{}
    $limited = 0
    Push-Location -LiteralPath (Split-Path -Path $CsvPath)
    try {
        Get-Candidate | Sync-CandidateResume @sync | ForEach-Object -Process {
            $count["$($_.Outcome)"]++
            if ("$($_.Outcome)" -eq 'Pending' -and "$($_.ReasonId)" -in 'QuotaExceeded', 'TimeExpired') { $limited++ }
        }
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
        if ($status.NextRunAt) {
            $next = $status.NextRunAt.UtcDateTime.ToString('u')
            Register-IncompleteRun -Run $run -Reason "$($count['Pending']) resumes remain. Run the script again after $next."
        }
        # After midnight UTC, the status has the next day, whose requests are not used up.
        elseif ($run.StartedAt.Elapsed -ge $StopAfter -or $limited -gt 0 -or $run.ErrorCount -eq 0) {
            Register-IncompleteRun -Run $run -Reason "$($count['Pending']) resumes remain for the next run."
        }
    }
}
exit (Complete-Runbook -Run $run)
