# PowerShell 7.4 and later run the net8.0 build; everything older, Windows PowerShell 5.1 too, the netstandard2.0 one.
$flavour = if ($PSVersionTable.PSVersion -ge [version]'7.4') { 'net8.0' } else { 'netstandard2.0' }

# Paths the .NET way: the commands for them would load a module of PowerShell first, which takes longer than all else here.
$dll = [System.IO.Path]::GetFullPath("$PSScriptRoot/bin/$flavour/LinkedInExports.dll")

if (-not [System.IO.File]::Exists($dll)) {
    throw "LinkedInExports is not built: $dll is missing. Run 'dotnet build LinkedInExports.sln' in the repository first."
}

$imported = Import-Module -Name $dll -PassThru

# A process keeps the first copy of an assembly that it has loaded; a second copy of the module would silently run it.
$loaded = $imported.ImplementingAssembly.Location
if ($loaded -and [System.IO.Path]::GetFullPath($loaded) -ne $dll) {
    Remove-Module -ModuleInfo $imported
    throw "Another copy of LinkedInExports is loaded in this session, from $loaded. Start a new session to use this one."
}

# Here and not in a Types.ps1xml: that is loaded before the dll, whose classes some of this names.
$typeData = @(
    @{ TypeName = 'LinkedInExports.ExportJob'; MemberType = 'AliasProperty'; MemberName = 'Id'; Value = 'JobId' }
    @{ TypeName = 'LinkedInExports.ExportJob'; TypeConverter = [LinkedInExports.Transforms.ExportJobConverter] }
    # Display: for output that is mixed with other types, where PowerShell does not use the views. Serialization: what goes
    # into files and to other processes, which is everything but the signed links. What comes back is a job again.
    @{
        TypeName                  = 'LinkedInExports.CrmValidationExportJob'
        TypeConverter             = [LinkedInExports.Transforms.ExportJobConverter]
        DefaultDisplayPropertySet = 'JobId', 'Kind', 'State', 'Status', 'CrmInstanceId', 'ExportStartAt', 'ExportEndAt'
        SerializationMethod       = 'SpecificProperties'
        PropertySerializationSet  = @(
            'JobId', 'Kind', 'Status', 'State', 'ExpireAt', 'CreatedAt',
            'CrmInstanceId', 'ExportStartAt', 'ExportEndAt', 'NextExportStartAt'
        )
    }
    @{
        TypeName                  = 'LinkedInExports.SalesAnalyticsExportJob'
        TypeConverter             = [LinkedInExports.Transforms.ExportJobConverter]
        DefaultDisplayPropertySet = 'JobId', 'Kind', 'State', 'Status', 'Contract', 'StartAt', 'EndAt', 'RowCount'
        SerializationMethod       = 'SpecificProperties'
        PropertySerializationSet  = @(
            'JobId', 'Kind', 'Status', 'State', 'ExpireAt', 'CreatedAt', 'Contract', 'StartAt', 'EndAt', 'RowCount'
        )
    }
    @{
        TypeName                     = 'Deserialized.LinkedInExports.CrmValidationExportJob'
        TargetTypeForDeserialization = [LinkedInExports.CrmValidationExportJob]
    }
    @{
        TypeName                     = 'Deserialized.LinkedInExports.SalesAnalyticsExportJob'
        TargetTypeForDeserialization = [LinkedInExports.SalesAnalyticsExportJob]
    }
    # What has an enumerated value in it comes back as itself: else it would be a number, which no name equals.
    @{ TypeName = 'Deserialized.LinkedInExports.SavedExportFile'; TargetTypeForDeserialization = [LinkedInExports.SavedExportFile] }
    @{ TypeName = 'Deserialized.LinkedInExports.ResumeSyncResult'; TargetTypeForDeserialization = [LinkedInExports.ResumeSyncResult] }
    @{ TypeName = 'Deserialized.LinkedInExports.ExportDifference'; TargetTypeForDeserialization = [LinkedInExports.ExportDifference] }
    @{ TypeName = 'LinkedInExports.CrmValidationRecordWithExtraColumns'; TypeAdapter = [LinkedInExports.Transforms.ExtraColumnsAdapter] }
    @{ TypeName = 'LinkedInExports.SalesActivityRecordWithExtraColumns'; TypeAdapter = [LinkedInExports.Transforms.ExtraColumnsAdapter] }
    @{ TypeName = 'LinkedInExports.ActivityOutcomeRecord'; TypeAdapter = [LinkedInExports.Transforms.ExtraColumnsAdapter] }
    @{ TypeName = 'LinkedInExports.SeatRecord'; TypeAdapter = [LinkedInExports.Transforms.ExtraColumnsAdapter] }
)
foreach ($entry in $typeData) {
    Update-TypeData @entry -Force
}

$ExecutionContext.SessionState.Module.OnRemove = {
    foreach ($entry in $typeData) {
        Remove-TypeData -TypeName $entry.TypeName -ErrorAction Ignore
    }
}.GetNewClosure()
