# No command of another module here: the first of each would load that module, which takes longer than all the rest.

# The manifest cannot exclude these versions. Their .NET loads neither build.
if ($PSVersionTable.PSEdition -eq 'Core' -and $PSVersionTable.PSVersion -lt [version]'7.4') {
    throw "LinkedInExports requires PowerShell 7.4 or later, or Windows PowerShell 5.1. This is $($PSVersionTable.PSVersion)."
}

$framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
$dll = [System.IO.Path]::GetFullPath("$PSScriptRoot/bin/$framework/LinkedInExports.dll")

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

# The views and type data, after the dll, because they name classes of it.
Import-Module -Name "$PSScriptRoot/LinkedInExports.Types.psd1"
