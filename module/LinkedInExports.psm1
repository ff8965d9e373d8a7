# PowerShell 7.4 and later run the net8.0 build; everything older, Windows PowerShell 5.1 too, the netstandard2.0 one.
$flavour = if ($PSVersionTable.PSVersion -ge [version]'7.4') { 'net8.0' } else { 'netstandard2.0' }
$dll = Join-Path -Path $PSScriptRoot -ChildPath "bin/$flavour/LinkedInExports.dll"

if (-not (Test-Path -LiteralPath $dll)) {
    throw "LinkedInExports is not built: $dll is missing. Run 'dotnet build LinkedInExports.sln' in the repository first."
}

$imported = Import-Module -Name $dll -PassThru

# A process keeps the first copy of an assembly that it has loaded; a second copy of the module would silently run it.
$loaded = $imported.ImplementingAssembly.Location
if ($loaded -and (Convert-Path -LiteralPath $loaded) -ne (Convert-Path -LiteralPath $dll)) {
    Remove-Module -ModuleInfo $imported
    throw "Another copy of LinkedInExports is loaded in this session, from $loaded. Start a new session to use this one."
}

# Type data that names our own classes can only follow the dll; what Types.ps1xml holds is loaded before it.
$typeData = @(
    @{ TypeName = 'LinkedInExports.ExportJob'; TypeConverter = [LinkedInExports.Transforms.ExportJobConverter] }
    @{ TypeName = 'LinkedInExports.CrmValidationExportJob'; TypeConverter = [LinkedInExports.Transforms.ExportJobConverter] }
    @{ TypeName = 'Deserialized.LinkedInExports.CrmValidationExportJob'; TargetTypeForDeserialization = [LinkedInExports.CrmValidationExportJob] }
    @{ TypeName = 'LinkedInExports.CrmValidationRecordWithExtraColumns'; TypeAdapter = [LinkedInExports.Transforms.ExtraColumnsAdapter] }
)
foreach ($entry in $typeData) {
    Update-TypeData @entry -Force
}

$ExecutionContext.SessionState.Module.OnRemove = {
    foreach ($entry in $typeData) {
        Remove-TypeData -TypeName $entry.TypeName -ErrorAction Ignore
    }
}.GetNewClosure()
