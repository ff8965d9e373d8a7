<#
.SYNOPSIS
Exports what sellers did, what came of it, and who has a seat, since the run before. Meant to run every night.

.DESCRIPTION
Has LinkedIn export the data of all contracts whose data the member may export, or of those given, from where the last run
ended to the last whole day that LinkedIn surely has, and saves the files into a folder for that day, under Destination. A
checkpoint remembers for each contract and type where the next run starts; it moves on only when the file is safe on the disk.
A run that failed, was stopped or was killed is made good by the next one, and a missed night by the night after.

LinkedIn runs one job of a type for a contract at a time. A first run over years makes a job for every 90 days; what is not
finished when the time is over is saved by the next run. LinkedIn keeps jobs for a week.

Exit codes (start it with pwsh -File, or powershell -File):
  0   done; also when there is no new day to export
  75  go on later: the time was over, LinkedIn is not finished, or another run is at work. The next run goes on.
  1   failed; the errors say what to do. Running again does no harm.
  130 interrupted with Ctrl+C or stopped (143: terminated with SIGTERM). The next run continues.
In Azure Automation, where jobs have no exit codes, a failed run throws.

.PARAMETER Destination
The folder for the files. Each export has a subfolder, named after the last day (UTC) in it.

.PARAMETER StartAt
Where the first export starts, for example 2026-01-01. It counts for the first run of each contract and type and can stay in
the command.

.PARAMETER Contract
The contracts, as numbers or URNs; by default all whose data the member may export. One text may have several, with commas.

.PARAMETER ExportType
Activity, Seat and ActivityOutcome; all three by default. One text may have several, with commas.

.PARAMETER CheckpointPath
The checkpoint. By default analytics.checkpoint.json in Destination. It has to outlive the run, like the files.

.PARAMETER AcceptUnrecognized
Counts an export as done also when its files differ from LinkedIn's documentation. Such files are saved and kept in any case; delete
one to have the next run download it again.

.PARAMETER StopAfter
The time of a run, for waiting and for downloads, 2:30 hours by default. What is not saved by then is saved by the next run.

.PARAMETER DownloadHost
Hosts that files may be downloaded from, in addition to those that LinkedIn documents. They do not receive the access token, except
with =token after the name. One text may have several, with commas. By default those in LINKEDIN_DOWNLOAD_HOSTS.

.PARAMETER SecretName
The name of the credential with the client id and secret, or of an access token: an asset of Azure Automation, elsewhere a
secret of SecretManagement. By default the environment has it: LINKEDIN_CLIENT_ID, LINKEDIN_CLIENT_SECRET and
LINKEDIN_REFRESH_TOKEN, or LINKEDIN_ACCESS_TOKEN.

.PARAMETER RefreshTokenName
The name of the member's refresh token, kept in the same way: analytics need a member's token. In Azure Automation it is the
password of a credential.

.PARAMETER EventLogPath
A file that gets a line of JSON for each event, UTF-8, without secrets.

.PARAMETER EventLogSize
The size at which that file is renamed to .1, and .1 to .2, up to .5; 10 MB by default.

.EXAMPLE
pwsh -NoProfile -NonInteractive -File Export-SalesActivity.ps1 -Destination /data/analytics -StartAt 2026-01-01

Every night the new days of all contracts and types.

.EXAMPLE
./Export-SalesActivity.ps1 /data/analytics -StartAt 2026-01-01 -Contract 7001 -ExportType Activity -SecretName LinkedInApp -RefreshTokenName LinkedInMember -EventLogPath /var/log/linkedin/events.jsonl

The activities of one contract, with secrets from a vault and a log that a collector reads.

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
    [timespan] $StopAfter = '02:30:00',
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
$Destination = Resolve-RunbookPath -Path $Destination
$CheckpointPath = Resolve-RunbookPath -Path $(if ($CheckpointPath) { $CheckpointPath } else { Join-Path -Path $Destination -ChildPath 'analytics.checkpoint.json' })

# With -File the shell hands over one text, whatever its commas mean.
$types = @(Split-RunbookList -Text $ExportType)
$contracts = @(Split-RunbookList -Text $Contract)
$create = @{ ExportType = $types; CheckpointPath = $CheckpointPath }
if ($StartAt) { $create.StartAt = $StartAt }
$save = @{ CheckpointPath = $CheckpointPath; AcceptUnrecognized = $AcceptUnrecognized }
$connect = @{ Run = $run; SecretName = $SecretName; RefreshTokenName = $RefreshTokenName; Option = @{} }
if ($DownloadHost) { $connect.Option.DownloadHost = Split-RunbookList -Text $DownloadHost }

Invoke-Runbook -Run $run -LockPath "$CheckpointPath.run" -Body {
    Connect-Runbook @connect
    $from = @(if ($contracts) { $contracts } else { Get-SalesContract -ReportingOnly -ErrorAction Stop | ForEach-Object -MemberName Contract })
    if ($from.Count -eq 0) {
        throw 'There is no contract whose data the member may export: that takes a reporting or administrator role on one.'
    }

    New-SalesAnalyticsExportJob -Contract $from @create |
        Wait-ExportJob -SplitOversized -StopAfter (Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter) |
        ForEach-Object -Process {
            # By the job and not by the clock: what the next run saves goes to the same place.
            $day = $_.EndAt.UtcDateTime.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
            $folder = Join-Path -Path $Destination -ChildPath $day
            Save-ExportFile -InputObject $_ -Destination $folder -StopAfter (Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter) @save
        } |
        ForEach-Object -Process {
            $_
            Write-SavedFile -Run $run -File $_ -AcceptUnrecognized $save.AcceptUnrecognized
        }
}
exit (Complete-Runbook -Run $run)
