<#
.SYNOPSIS
Exports the CRM records that are new since the previous run, for example once a day.

.DESCRIPTION
Exports the records that LinkedIn has flagged since the previous run, waits for the export, and saves the files in a folder for
the day. A checkpoint records the end of the last export. It advances only after all files are saved and verified. After a run
that failed or was interrupted, the next run continues. You can run the script twice.

LinkedIn may flag a record later than the time in the record. Each export therefore starts a day before the end of the previous
one (-Overlap) and repeats some of its records.

With -ChangedCompanyCsv, the script also creates a CSV file of each export for the CRM team. It contains the contacts and leads
whose company in the CRM differs from LinkedIn, without the repeated records. LinkedIn does not document the meaning of ExpiredAt.

Exit codes, when the script is started with pwsh -File or powershell -File:
  0   Completed.
  75  Incomplete: the time has ended, LinkedIn has not finished, or another run is active. Or the response to the request for a
      job was lost, or LinkedIn limits the requests. Run the script again later.
  1   Failed. The errors describe what to do. You can run the script again.
  130 Interrupted with Ctrl+C or stopped (143: terminated with SIGTERM). The next run continues.
Azure Automation has no exit codes; a failed run throws an error.

.PARAMETER CrmInstanceId
Specifies the CRM instances, as urn:li:crmInstance:(KEY,id) or KEY,id.

.PARAMETER Destination
Specifies the folder for the files. Each export has a subfolder with the name of the day (UTC) on which it ends.

.PARAMETER ExportStartAt
Specifies the start of the first export, for example 2026-01-01. It is used in the first run and ignored later.

.PARAMETER CheckpointPath
Specifies the checkpoint. The default is validation.checkpoint.json in Destination. Keep it for the next run.

.PARAMETER Overlap
Specifies how long before the end of the previous export each export starts, as a time span or in seconds. The default is one day.

.PARAMETER ChangedCompanyCsv
Creates changed-company-{job}.csv in the folder of each export that does not have one, including exports of earlier runs. A CSV
file that is older than the files of its export is replaced. Records that are also in the previous export of the same CRM instance
with a CSV file, by CrmId and CrmRecordType, are omitted. Keep the files of that export. An export whose files differ from
LinkedIn's documentation gets a CSV file only with -AcceptUnrecognized.

.PARAMETER AcceptUnrecognized
Treats an export as complete even if its files differ from LinkedIn's documentation. The files are saved in any case. To download
a file again, delete it.

.PARAMETER CrmRecordType
Specifies the types of the records in the CSV file, for example CONTACT. Several are separated by commas.

.PARAMETER SafeForSpreadsheet
Writes the CSV file for spreadsheets: an apostrophe before values that Excel would run as a formula, and a byte order mark. Do not
use it for programs, which would read the apostrophe as a part of the value.

.PARAMETER StopAfter
Specifies the maximum time of a run, including waiting and downloads, as a time span or in seconds. The default is 2:30 hours. An
export takes up to two hours. The next run saves the remaining files.

.PARAMETER DownloadHost
Specifies hosts of LinkedIn's links for downloads, in addition to the hosts that LinkedIn documents. They do not receive the
access token, except with =token after the name. You can pass several hosts as one text with commas. The default is the value of
LINKEDIN_DOWNLOAD_HOSTS.

.PARAMETER SecretName
Specifies the name of a credential with the client id and secret, or of an access token. It is a credential asset in Azure
Automation, and otherwise a secret of SecretManagement. By default, the credentials are read from the environment:
LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, or LINKEDIN_ACCESS_TOKEN.

.PARAMETER EventLogPath
Specifies a file to which one line of JSON is written for each event, in UTF-8 and without secrets.

.PARAMETER EventLogSize
Specifies the size at which the event log is renamed to .1, and .1 to .2, up to .5. The default is 10 MB.

.EXAMPLE
$crm = 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)'
pwsh -NoProfile -File Export-ValidationDelta.ps1 -CrmInstanceId $crm -Destination /data/validation -ExportStartAt 2026-01-01

Exports the new records. Schedule this command with cron or the Task Scheduler every day.

.EXAMPLE
$crm = 'DYNAMICS,0b7c1f52-1111-4222-8333-944455556666'
$csv = @{ ChangedCompanyCsv = $true; CrmRecordType = 'CONTACT'; SafeForSpreadsheet = $true }
./Export-ValidationDelta.ps1 $crm /data/validation -ExportStartAt 2026-01-01 @csv

Also creates a CSV file of the contacts whose company differs from LinkedIn, which is safe to open in Excel.

.OUTPUTS
LinkedInExports.SavedExportFile for each file of an export, and System.IO.FileInfo for each CSV file.

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
    $StopAfter = '02:30:00',
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
$StopAfter = ConvertTo-RunbookTime -StopAfter $StopAfter
$Destination = Resolve-RunbookPath -Path $Destination
if (-not $CheckpointPath) { $CheckpointPath = Join-Path -Path $Destination -ChildPath 'validation.checkpoint.json' }
$CheckpointPath = Resolve-RunbookPath -Path $CheckpointPath
$create = @{ CrmInstanceId = $CrmInstanceId; CheckpointPath = $CheckpointPath }
if ($ExportStartAt) { $create.ExportStartAt = $ExportStartAt }
if ($null -ne $Overlap) { $create.Overlap = $Overlap }
$save = @{ CheckpointPath = $CheckpointPath; AcceptUnrecognized = $AcceptUnrecognized }

$csv = @{ CrmRecordType = Split-RunbookList -Text $CrmRecordType; SafeForSpreadsheet = $SafeForSpreadsheet }
$wantsCsv = [bool] $ChangedCompanyCsv

# Gets a member of a manifest, or null.
function Get-Member($Manifest, [string] $Name) {
    $property = $Manifest.PSObject.Properties[$Name]
    if ($property) { $property.Value }
}

# Gets the complete exports, the oldest first. It reads the folder, so that the next run creates the CSV file after a crash
# between the files and the CSV file.
function Get-CompleteExport([string] $Folder) {
    $manifests = Get-ChildItem -LiteralPath $Folder -Filter 'crm-validation-*.csv.manifest.json' -Recurse -File
    $complete = $manifests | ForEach-Object -Process {
        $item = $_
        $file = $item.FullName -replace '\.manifest\.json$', ''
        if (-not (Test-Path -LiteralPath $file)) { return }
        try {
            $manifest = Get-Content -LiteralPath $item.FullName -Raw -ErrorAction Stop | ConvertFrom-Json
            [pscustomobject]@{
                JobId        = Get-Member $manifest jobId
                Owner        = "$(Get-Member $manifest owner)"
                EndAt        = [long] (Get-Member $manifest endAt)
                Part         = Get-Member $manifest part
                PartCount    = Get-Member $manifest partCount
                # Manifests of earlier versions do not have the property.
                IsRecognized = (Get-Member $manifest isRecognized) -ne $false
                SavedAt      = $item.LastWriteTimeUtc
                Folder       = $item.DirectoryName
                Path         = $file
            }
        }
        catch {
            Write-Error -Message "$($item.FullName) cannot be read: $($_.Exception.Message)" -ErrorId 'ManifestReadFailed' `
                -Category ReadError -TargetObject $item.FullName
        }
    } | Group-Object -Property Folder, JobId | Where-Object { $_.Count -eq $_.Group[0].PartCount }

    $complete | Sort-Object -Property { $_.Group[0].EndAt }, { $_.Group[0].JobId } | ForEach-Object -Process {
        $first = $_.Group[0]
        [pscustomobject]@{
            JobId        = $first.JobId
            Owner        = $first.Owner
            IsRecognized = $_.Group.IsRecognized -notcontains $false
            SavedAt      = $_.Group.SavedAt | Sort-Object | Select-Object -Last 1
            Path         = @($_.Group | Sort-Object -Property Part | ForEach-Object -MemberName Path)
            CsvPath      = Join-Path -Path $first.Folder -ChildPath "changed-company-$($first.JobId).csv"
        }
    }
}

# Whether an export has a CSV file of its present files.
function Test-CurrentCsv($Export) {
    $file = Get-Item -LiteralPath $Export.CsvPath -ErrorAction Ignore
    $null -ne $file -and $file.LastWriteTimeUtc -ge $Export.SavedAt
}

# Gets the keys of the records of an export. Without them, no records are omitted.
function Get-KnownRecord([string[]] $Path) {
    $known = New-Object -TypeName 'System.Collections.Generic.HashSet[string]'
    try {
        if ($Path) {
            Import-ExportFile -LiteralPath $Path -ErrorAction Stop |
                ForEach-Object -Process { $null = $known.Add("$($_.CrmRecordType)`n$($_.CrmId)") }
        }
    }
    catch {
        $known.Clear()
        $reason = $_.Exception.Message
        Write-Warning -Message "Repeated records are included, because the previous export cannot be read: $reason"
    }
    , $known
}

function Export-ChangedCompany {
    param(
        [string[]] $Path,
        [string[]] $PreviousPath,
        [string] $Destination,
        [string[]] $CrmRecordType,
        [bool] $SafeForSpreadsheet
    )
    $known = Get-KnownRecord -Path $PreviousPath
    $types = [System.Collections.Generic.HashSet[string]]::new()
    $repeated = 0
    $rows = 0
    $new = "$Destination.new"
    Import-ExportFile -LiteralPath $Path -ErrorAction Stop |
        Where-Object { $null = $types.Add($_.CrmRecordType); -not $CrmRecordType -or $_.CrmRecordType -in $CrmRecordType } |
        Where-Object {
            if (-not $_.CrmId -or $known.Add("$($_.CrmRecordType)`n$($_.CrmId)")) { $true } else { $repeated++ }
        } | ForEach-Object -Process { $rows++; $_ } |
        # The name and folder of the CSV file identify the source.
        Select-Object -Property * -ExcludeProperty JobId, Contract, CrmInstanceId, FilePath, RowNumber |
        Export-LinkedInCsv -LiteralPath $new -Raw:(-not $SafeForSpreadsheet)
    if ($CrmRecordType -and $types.Count -gt 0 -and -not ($types | Where-Object { $_ -in $CrmRecordType })) {
        Write-Warning -Message ("$Destination has no records: -CrmRecordType is $($CrmRecordType -join ', '), and the types in " +
            "the export are $($types -join ', '). If you correct the parameter, delete this file, too.")
    }
    # Without records, no columns are known.
    if ($rows -eq 0) { Add-Content -LiteralPath $new -Value 'CrmId,CrmRecordType,ExpiredAt,CreatedAt' -Encoding Ascii }
    Move-Item -LiteralPath $new -Destination $Destination -Force -PassThru -ErrorAction Stop
    Write-RunbookEvent -Run $run -Name 'CsvWritten' -Data @{
        path     = $Destination
        rows     = $rows
        repeated = $repeated
    }
}

# Creates the CSV files that are missing or older than the files of their export.
function Export-EachChangedCompany([string] $Folder) {
    # Only exports with a CSV file: the records of the others are in no CSV file yet, so the next one must contain them.
    $previous = @{}
    foreach ($export in Get-CompleteExport -Folder $Folder) {
        if (-not (Test-CurrentCsv -Export $export)) {
            if (-not $export.IsRecognized -and -not $save.AcceptUnrecognized) {
                Write-Warning -Message ("$($export.CsvPath) is not created, because the files of export job $($export.JobId) " +
                    "differ from LinkedIn's documentation. Specify -AcceptUnrecognized, or delete the files.")
                continue
            }
            try {
                Export-ChangedCompany -Path $export.Path -PreviousPath $previous[$export.Owner] -Destination $export.CsvPath @csv
            }
            catch {
                Write-Error -Message "$($export.CsvPath) was not created: $($_.Exception.Message)" -TargetObject $export.CsvPath `
                    -ErrorId ($_.FullyQualifiedErrorId -split ',')[0] -Category $_.CategoryInfo.Category `
                    -RecommendedAction ('To ignore rows that cannot be read, create the file with ' +
                        'Import-ExportFile -MalformedRow Skip and Export-LinkedInCsv.')
                continue
            }
        }
        $previous[$export.Owner] = $export.Path
    }
}

Invoke-Runbook -Run $run -LockPath "$CheckpointPath.run" -Body {
    Connect-Runbook -Run $run -SecretName $SecretName -DownloadHost $DownloadHost
    New-CrmValidationExportJob @create | Wait-ExportJob -StopAfter (Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter) |
        ForEach-Object -Process {
            # From the job, not from the clock, so that the next run uses the same folder.
            $end = if ($_.ExportEndAt) { $_.ExportEndAt } else { $_.CreatedAt }
            $day = $end.UtcDateTime.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
            $save.Destination = Join-Path -Path $Destination -ChildPath $day
            Save-ExportFile -InputObject $_ @save -StopAfter (Get-RunbookTimeLeft -Run $run -StopAfter $StopAfter)
        } | ForEach-Object -Process {
            $_
            Write-SavedFile -Run $run -File $_ -AcceptUnrecognized $save.AcceptUnrecognized
        }

    if ($wantsCsv -and (Test-Path -LiteralPath $Destination)) { Export-EachChangedCompany -Folder $Destination }
}
exit (Complete-Runbook -Run $run)
