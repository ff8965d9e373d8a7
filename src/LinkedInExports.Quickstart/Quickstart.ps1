# What the README shows, against the emulator: LINKEDIN_ACCESS_TOKEN and LINKEDIN_BASE_URI are set by the caller.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Destination,
    [Parameter(Mandatory)] [string] $RecordsPath
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Show([string] $Command) { Write-Host "`nPS> $Command" -ForegroundColor Cyan }

Show 'Import-Module ./LinkedInExports.psd1'
Import-Module -Name $Module

Show 'Connect-LinkedIn -FromEnvironment -PassThru'
Connect-LinkedIn -FromEnvironment -PassThru | Out-Host

Show @'
$crm = 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)'
     $files = New-CrmValidationExportJob $crm -ExportStartAt (Get-Date).AddDays(-30) |
         Wait-ExportJob | Save-ExportFile -Destination ./out/quickstart
     $files
'@
$crm = 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)'
$files = New-CrmValidationExportJob $crm -ExportStartAt (Get-Date).AddDays(-30) |
    Wait-ExportJob | Save-ExportFile -Destination $Destination
$files | Out-Host

Show '$records = $files | Import-ExportFile; $records | Select-Object -First 5'
$records = $files | Import-ExportFile
$records | Select-Object -First 5 | Out-Host

Show '$records | Group-Object CrmRecordType -NoElement'
$records | Group-Object -Property CrmRecordType -NoElement | Out-Host

Show '$records | Where-Object CrmRecordType -eq CONTACT | Measure-Object'
$records | Where-Object CrmRecordType -EQ CONTACT | Measure-Object |
    Select-Object -Property Count | Out-Host

$records | ForEach-Object {
    '{0},{1},{2},{3}' -f $_.CrmId, $_.CrmRecordType, $_.ExpiredAt.ToUnixTimeMilliseconds(), $_.CreatedAt.ToUnixTimeMilliseconds()
} | Set-Content -LiteralPath $RecordsPath
