<#
.SYNOPSIS
Exports the CRM records whose company changed since the run before. Meant to run once a day.

.DESCRIPTION
Has LinkedIn export what was flagged since the last run, waits for it and saves the files into a folder for the day, under
Destination. A checkpoint remembers where the next run starts. It moves on only when all files are safe on the disk, so a run
that failed, was stopped or was killed is made good by the next one; running twice does no harm.

LinkedIn may flag a record later than the time that the record carries. Each export therefore starts a day before the end of the
previous one (-Overlap), and repeats some of its records.

With -ChangedCompanyCsv each export also becomes one CSV file for the CRM team: the contacts and leads whose company in the CRM
differs from LinkedIn, without the records that are repeated. The time ExpiredAt in it is LinkedIn's, which does not explain it.

Exit codes (start it with pwsh -File, or powershell -File):
  0   done
  75  go on later: the time was over, LinkedIn is not finished, or another run is at work. The next run goes on.
  1   failed; the errors say what to do. Running again does no harm.
  130 interrupted with Ctrl+C or stopped (143: terminated with SIGTERM). The next run continues.
In Azure Automation, where jobs have no exit codes, a failed run throws.

.PARAMETER CrmInstanceId
The CRM instances, in LinkedIn's form urn:li:crmInstance:(KEY,id), or KEY,id.

.PARAMETER Destination
The folder for the files. Each export has a subfolder, named after the day (UTC) that it ends on.

.PARAMETER ExportStartAt
Where the first export starts, for example 2026-01-01. It counts for the first run only and can stay in the command.

.PARAMETER CheckpointPath
The checkpoint. By default validation.checkpoint.json in Destination. It has to outlive the run, like the files.

.PARAMETER Overlap
How far each export reaches back before the end of the previous one, as a time span or in seconds; one day by default.

.PARAMETER ChangedCompanyCsv
Writes changed-company-{job}.csv beside the files of each export that has none yet, whichever run has saved it. Records that the
previous export of the same CRM instance has as well, by CrmId and CrmRecordType, are left out. Keep the files of that export.

.PARAMETER AcceptUnrecognized
Counts an export as done also when its files differ from LinkedIn's documentation. Such files are saved and kept in any case; delete
one to have the next run download it again.

.PARAMETER CrmRecordType
Only records of these types go into that CSV, for example CONTACT.

.PARAMETER SafeForSpreadsheet
Puts an apostrophe before values in that CSV that Excel would run as a formula, and a byte order mark at its beginning. For
people; programs that read the file would take the apostrophe for a part of the value.

.PARAMETER StopAfter
The time of a run, for waiting and for downloads, 2:30 hours by default. An export takes up to two hours. What is not saved by then
is saved by the next run.

.PARAMETER DownloadHost
Hosts that files may be downloaded from, in addition to those that LinkedIn documents. They do not receive the access token, except
with =token after the name. One text may have several, with commas. By default those in LINKEDIN_DOWNLOAD_HOSTS.

.PARAMETER SecretName
The name of the credential with the client id and secret, or of an access token: an asset of Azure Automation, elsewhere a
secret of SecretManagement. By default the environment has it: LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, or
LINKEDIN_ACCESS_TOKEN.

.PARAMETER EventLogPath
A file that gets a line of JSON for each event, UTF-8, without secrets.

.PARAMETER EventLogSize
The size at which that file is renamed to .1, and .1 to .2, up to .5; 10 MB by default.

.EXAMPLE
pwsh -NoProfile -NonInteractive -File Export-ValidationDelta.ps1 -CrmInstanceId 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)' -Destination /data/validation -ExportStartAt 2026-01-01

What cron or the Task Scheduler runs each day.

.EXAMPLE
./Export-ValidationDelta.ps1 'DYNAMICS,0b7c1f52-1111-4222-8333-944455556666' /data/validation -ExportStartAt 2026-01-01 -ChangedCompanyCsv -CrmRecordType CONTACT -SafeForSpreadsheet

Also creates a CSV file of the contacts whose company differs from LinkedIn, which is safe to open in Excel.

.OUTPUTS
LinkedInExports.SavedExportFile for each file of an export, and System.IO.FileInfo for each CSV.

.LINK
about_LinkedInExports_Unattended
#>
#Requires -Version 5.1
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true, Position = 0)] [ValidateNotNullOrEmpty()] [string[]] $CrmInstanceId,
    [Parameter(Mandatory = $true, Position = 1)] [ValidateNotNullOrEmpty()] [string] $Destination,
    $ExportStartAt,
    [string] $CheckpointPath,
    $Overlap,
    [switch] $ChangedCompanyCsv,
    [string[]] $CrmRecordType,
    [switch] $SafeForSpreadsheet,
    [switch] $AcceptUnrecognized,
    [timespan] $StopAfter = '02:30:00',
    [string[]] $DownloadHost,
    [string] $SecretName,
    [string] $EventLogPath,
    [ValidateRange(1024, [long]::MaxValue)] [long] $EventLogSize = 10MB
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Continue'
$ProgressPreference = 'SilentlyContinue'
Import-Module -Name "$PSScriptRoot/RunbookSupport.psm1" -ErrorAction Stop

$run = Enter-Runbook -Name 'Export-ValidationDelta' -EventLogPath $EventLogPath -EventLogSize $EventLogSize
$Destination = Resolve-RunbookPath -Path $Destination
$CheckpointPath = Resolve-RunbookPath -Path $(if ($CheckpointPath) { $CheckpointPath } else { Join-Path -Path $Destination -ChildPath 'validation.checkpoint.json' })
$create = @{ CrmInstanceId = $CrmInstanceId; CheckpointPath = $CheckpointPath }
if ($ExportStartAt) { $create.ExportStartAt = $ExportStartAt }
if ($null -ne $Overlap) { $create.Overlap = $Overlap }
$save = @{ CheckpointPath = $CheckpointPath; AcceptUnrecognized = $AcceptUnrecognized }
$connect = @{ Run = $run; SecretName = $SecretName; Option = @{} }
if ($DownloadHost) { $connect.Option.DownloadHost = Split-RunbookList -Text $DownloadHost }
$csv = @{ CrmRecordType = $CrmRecordType; SafeForSpreadsheet = $SafeForSpreadsheet }
$wantsCsv = [bool] $ChangedCompanyCsv

# A member of a manifest; null where it has none.
function Get-Member($Manifest, [string] $Name) {
    $property = $Manifest.PSObject.Properties[$Name]
    if ($property) { $property.Value }
}

# The parts of each export that is complete, oldest export first, with those of the previous export of the same CRM instance. What is
# on the disk counts, not what this run has saved: a run that died between the files and the CSV is made good.
function Get-CompleteExport([string] $Folder) {
    $complete = Get-ChildItem -LiteralPath $Folder -Filter 'crm-validation-*.csv.manifest.json' -Recurse -File | ForEach-Object -Process {
        $manifest = Get-Content -LiteralPath $_.FullName -Raw | ConvertFrom-Json
        $file = $_.FullName -replace '\.manifest\.json$', ''
        if (Test-Path -LiteralPath $file) {
            [pscustomobject]@{
                JobId = Get-Member $manifest jobId; Owner = Get-Member $manifest owner; EndAt = [long] (Get-Member $manifest endAt)
                Folder = $_.DirectoryName; Part = Get-Member $manifest part; PartCount = Get-Member $manifest partCount; Path = $file
            }
        }
    } | Group-Object -Property Folder, JobId | Where-Object { $_.Count -eq $_.Group[0].PartCount }

    $previous = @{}
    $complete | Sort-Object -Property { $_.Group[0].EndAt }, { $_.Group[0].JobId } | ForEach-Object -Process {
        $first = $_.Group[0]
        $paths = @($_.Group | Sort-Object -Property Part | ForEach-Object -MemberName Path)
        [pscustomobject]@{ JobId = $first.JobId; Folder = $first.Folder; Path = $paths; PreviousPath = @($previous["$($first.Owner)"]) }
        $previous["$($first.Owner)"] = $paths
    }
}

# The records of an export by which repetitions are found. Without them nothing is left out.
function Get-KnownRecord([string[]] $Path) {
    $known = New-Object -TypeName 'System.Collections.Generic.HashSet[string]'
    try {
        if ($Path) { Import-ExportFile -LiteralPath $Path -ErrorAction Stop | ForEach-Object -Process { $null = $known.Add("$($_.CrmRecordType)`n$($_.CrmId)") } }
    }
    catch {
        $known.Clear()
        Write-Warning -Message "The records of the previous export cannot be read, so repeated records are not left out: $($_.Exception.Message)"
    }
    , $known
}

# Values that Excel takes for a formula begin with one of these.
function Protect-CsvCell([string] $Value) {
    if ($Value -match '^[=+\-@\t\r\n]') { "'$Value" } else { $Value }
}

function ConvertTo-Row($Record, [bool] $SafeForSpreadsheet) {
    $row = [ordered]@{}
    foreach ($property in $Record.PSObject.Properties) {
        $value = $property.Value
        $text = if ($value -is [System.DateTimeOffset]) { $value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", [cultureinfo]::InvariantCulture) } else { "$value" }
        $row[$property.Name] = if ($SafeForSpreadsheet) { Protect-CsvCell -Value $text } else { $text }
    }
    [pscustomobject] $row
}

function Export-ChangedCompany([string[]] $Path, [string[]] $PreviousPath, [string] $Destination, [string[]] $CrmRecordType, [bool] $SafeForSpreadsheet) {
    $known = Get-KnownRecord -Path $PreviousPath
    $repeated = 0
    $encoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $SafeForSpreadsheet
    $writer = New-Object -TypeName System.IO.StreamWriter -ArgumentList "$Destination.partial", $false, $encoding
    try {
        $writer.NewLine = "`r`n"
        $lines = 0
        Import-ExportFile -LiteralPath $Path -ErrorAction Stop |
            Where-Object { -not $CrmRecordType -or $_.CrmRecordType -in $CrmRecordType } |
            Where-Object { if (-not $_.CrmId -or $known.Add("$($_.CrmRecordType)`n$($_.CrmId)")) { $true } else { $repeated++ } } |
            ForEach-Object -Process { ConvertTo-Row -Record $_ -SafeForSpreadsheet $SafeForSpreadsheet } |
            ConvertTo-Csv -NoTypeInformation |
            ForEach-Object -Process { $writer.WriteLine($_); $lines++ }
        if ($lines -eq 0) { $writer.WriteLine('"CrmId","CrmRecordType","ExpiredAt","CreatedAt"') }
    }
    finally {
        $writer.Dispose()
    }
    Move-Item -LiteralPath "$Destination.partial" -Destination $Destination -Force -PassThru -ErrorAction Stop
    Write-RunbookEvent -Run $run -Name 'CsvWritten' -Data @{ path = $Destination; rows = [System.Math]::Max(0, $lines - 1); repeated = $repeated }
}

Invoke-Runbook -Run $run -LockPath "$CheckpointPath.run" -Body {
    Connect-Runbook @connect
    New-CrmValidationExportJob @create | Wait-ExportJob -StopAfter (Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter) |
        ForEach-Object -Process {
            # By the job and not by the clock: what is saved after midnight, or by the next run, goes to the same place.
            $day = if ($_.ExportEndAt) { $_.ExportEndAt } else { $_.CreatedAt }
            $folder = Join-Path -Path $Destination -ChildPath $day.UtcDateTime.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
            Save-ExportFile -InputObject $_ -Destination $folder -StopAfter (Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter) @save
        } |
        ForEach-Object -Process {
            $_
            Write-SavedFile -Run $run -File $_ -AcceptUnrecognized $save.AcceptUnrecognized
        }

    if ($wantsCsv -and (Test-Path -LiteralPath $Destination)) {
        foreach ($export in Get-CompleteExport -Folder $Destination) {
            $path = Join-Path -Path $export.Folder -ChildPath "changed-company-$($export.JobId).csv"
            if (-not (Test-Path -LiteralPath $path)) {
                Export-ChangedCompany -Path $export.Path -PreviousPath $export.PreviousPath -Destination $path @csv
            }
        }
    }
}
exit (Complete-Runbook -Run $run)
