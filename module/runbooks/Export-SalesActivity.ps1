<#
.SYNOPSIS
Exports the activities, seats and outcomes that are new since the previous run, for example every night.

.DESCRIPTION
Exports the data of all contracts for which the member has reporting access, or of the specified contracts, from the end of the
previous export to the last complete day, and saves the files in a folder for that day. A checkpoint records the end of the last
export for each contract and type. It advances only after the files are saved and verified. After a run that failed, was
interrupted or was missed, the next run continues.

LinkedIn runs one job of a type for a contract at a time. The first run creates a job for every 90 days. If the time of a run ends
before all jobs are complete, the next run saves the remaining files. LinkedIn keeps jobs for a week.

Exit codes, when the script is started with pwsh -File or powershell -File:
  0   Completed, even if there is no new day to export.
  75  Incomplete: the time has ended, LinkedIn has not finished, or another run is active. Or the response to the request for a
      job was lost, or LinkedIn limits the requests. Run the script again later.
  1   Failed. The errors describe what to do. You can run the script again.
  130 Interrupted with Ctrl+C or stopped (143: terminated with SIGTERM). The next run continues.
Azure Automation has no exit codes; a failed run throws an error.

.PARAMETER Destination
Specifies the folder for the files. Each export has a subfolder with the name of its last day (UTC).

.PARAMETER StartAt
Specifies the start of the first export, for example 2026-01-01. It is used in the first run for a contract and type, and ignored
later.

.PARAMETER Contract
Specifies the contracts as numbers or URNs. The default is all contracts for which the member has reporting access; the script
warns if a contract of an earlier run is no longer among them. You can pass several contracts as one text with commas.

.PARAMETER ExportType
Specifies the export types: Activity, Seat and ActivityOutcome. The default is all three. You can pass several types as one text
with commas.

.PARAMETER CheckpointPath
Specifies the checkpoint. The default is analytics.checkpoint.json in Destination. Keep it for the next run.

.PARAMETER AcceptUnrecognized
Treats an export as complete even if its files differ from LinkedIn's documentation. The files are saved in any case. To download
a file again, delete it.

.PARAMETER StopAfter
Specifies the maximum time of a run, including waiting and downloads, as a time span or in seconds. The default is 2:30 hours. The
next run saves the remaining files.

.PARAMETER DownloadHost
Specifies hosts of LinkedIn's links for downloads, in addition to the hosts that LinkedIn documents. They do not receive the
access token, except with =token after the name. You can pass several hosts as one text with commas. The default is the value of
LINKEDIN_DOWNLOAD_HOSTS.

.PARAMETER SecretName
Specifies the name of a credential with the client id and secret, or of an access token. It is a credential asset in Azure
Automation, and otherwise a secret of SecretManagement. By default, the credentials are read from the environment:
LINKEDIN_CLIENT_ID, LINKEDIN_CLIENT_SECRET and LINKEDIN_REFRESH_TOKEN, or LINKEDIN_ACCESS_TOKEN.

.PARAMETER RefreshTokenName
Specifies the name of the member's refresh token, which analytics require. It is a secret like SecretName; in Azure Automation,
the password of a credential.

.PARAMETER EventLogPath
Specifies a file to which one line of JSON is written for each event, in UTF-8 and without secrets.

.PARAMETER EventLogSize
Specifies the size at which the event log is renamed to .1, and .1 to .2, up to .5. The default is 10 MB.

.EXAMPLE
pwsh -NoProfile -NonInteractive -File Export-SalesActivity.ps1 -Destination /data/analytics -StartAt 2026-01-01

Exports the new days of all contracts and types. Schedule this command every night.

.EXAMPLE
$secrets = @{ SecretName = 'LinkedInApp'; RefreshTokenName = 'LinkedInMember' }
$log = @{ EventLogPath = '/var/log/linkedin/events.jsonl' }
./Export-SalesActivity.ps1 /data/analytics -StartAt 2026-01-01 -Contract 7001 -ExportType Activity @secrets @log

Exports the activities of one contract, with secrets of a vault and an event log.

.OUTPUTS
LinkedInExports.SavedExportFile

.LINK
about_LinkedInExports_Unattended
#>
#Requires -Version 5.1
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true, Position = 0)] [ValidateNotNullOrEmpty()] [string] $Destination,
    $StartAt,
    [string[]] $Contract,
    [ValidateNotNullOrEmpty()] [string[]] $ExportType = @('Activity', 'Seat', 'ActivityOutcome'),
    [string] $CheckpointPath,
    [switch] $AcceptUnrecognized,
    $StopAfter = '02:30:00',
    [string[]] $DownloadHost,
    [string] $SecretName,
    [string] $RefreshTokenName,
    [string] $EventLogPath,
    [ValidateRange(1024, [long]::MaxValue)] [long] $EventLogSize = 10MB
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Continue'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name "$PSScriptRoot/RunbookSupport.psm1" -ErrorAction Stop

$run = Enter-Runbook -Name 'Export-SalesActivity' -EventLogPath $EventLogPath -EventLogSize $EventLogSize
$StopAfter = ConvertTo-RunbookTime -StopAfter $StopAfter
$Destination = Resolve-RunbookPath -Path $Destination
if (-not $CheckpointPath) { $CheckpointPath = Join-Path -Path $Destination -ChildPath 'analytics.checkpoint.json' }
$CheckpointPath = Resolve-RunbookPath -Path $CheckpointPath
$types = @(Split-RunbookList -Text $ExportType)
$contracts = @(Split-RunbookList -Text $Contract)
$create = @{ ExportType = $types; CheckpointPath = $CheckpointPath }
if ($StartAt) { $create.StartAt = $StartAt }
$save = @{ CheckpointPath = $CheckpointPath; AcceptUnrecognized = $AcceptUnrecognized }
$connect = @{ SecretName = $SecretName; RefreshTokenName = $RefreshTokenName; DownloadHost = $DownloadHost }

# Gets the contracts of the checkpoint that are not among those of the member.
function Get-LostContract([string[]] $Current) {
    if (-not (Test-Path -LiteralPath $CheckpointPath)) { return }
    try {
        $checkpoint = Get-Content -LiteralPath $CheckpointPath -Raw -ErrorAction Stop | ConvertFrom-Json
        $checkpoint.state.series | Where-Object { $_.kind -in $types -and $_.owner -notin $Current } |
            ForEach-Object -MemberName owner | Sort-Object -Unique
    }
    catch {
        # New-SalesAnalyticsExportJob reports a checkpoint that cannot be read.
        return
    }
}

Invoke-Runbook -Run $run -LockPath "$CheckpointPath.run" -Body {
    Connect-Runbook -Run $run @connect
    if (-not $contracts) {
        $contracts = @(Get-SalesContract -ReportingOnly -ErrorAction Stop | ForEach-Object -MemberName Contract)
        foreach ($lost in Get-LostContract -Current $contracts) {
            Write-Warning -Message ("$lost is not exported, because the member no longer has reporting access. To export the " +
                'other contracts without this warning, specify -Contract.')
        }
    }
    if (-not $contracts) {
        throw 'There is no contract for which the member has reporting access. It requires a reporting or administrator role.'
    }

    # Without -SplitOversized, each division of a long first period would take a run that fails. If this run ends before the
    # halves are saved, the next one creates their jobs again.
    New-SalesAnalyticsExportJob -Contract $contracts @create |
        Wait-ExportJob -SplitOversized -StopAfter (Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter) |
        ForEach-Object -Process {
            # From the job, not from the clock, so that the next run uses the same folder.
            $day = $_.EndAt.UtcDateTime.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
            $save.Destination = Join-Path -Path $Destination -ChildPath $day
            Save-ExportFile -InputObject $_ @save -StopAfter (Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter)
        } | ForEach-Object -Process {
            $_
            Write-SavedFile -Run $run -File $_ -AcceptUnrecognized $save.AcceptUnrecognized
        }
}
exit (Complete-Runbook -Run $run)
