# LinkedInExports.psm1 imports this once the dll is loaded. On its own it is of no use.
@{
    ModuleVersion     = '1.0'
    GUID              = '5a1d0f0b-3f44-4a55-9c1e-8f7c0b6f2f57'
    Author            = 'LinkedInExports contributors'
    Description       = 'Part of LinkedInExports: what PowerShell is told about its types.'

    TypesToProcess    = @('LinkedInExports.Types.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
