# The tasks Package, PackageTool and TestPackage of build.ps1, which reads this file.
param(
    # Arguments of dotnet that specify the properties of the build.
    [string[]] $BuildProperty
)

$packages = Join-Path -Path $artifacts -ChildPath 'package'
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath '../LinkedInExports.psd1')
$version = $manifest.ModuleVersion
$packed = Join-Path -Path $packages -ChildPath "LinkedInExports/$version"
$nupkg = Join-Path -Path $packages -ChildPath "LinkedInExports.$version.nupkg"

# Azure Automation and older tools reject long paths.
$maxPackageBytes = 3MB
$maxPathLength = 100

# Gets what a package records about its build. The time is that of the commit, so that each build of a commit is the same.
function Get-BuildFact {
    $url = Invoke-DotNet -Argument (@('msbuild', 'src/LinkedInExports.Models', '-getProperty:RepositoryUrl') + $BuildProperty)
    $commit, $seconds = & git log -1 --format='%H%n%ct'
    if (-not $commit) {
        throw 'A package records the commit that it was built from. Create it in a clone of the repository.'
    }
    $changes = & git status --porcelain
    if ($LASTEXITCODE -ne 0) {
        throw "git status ended with exit code $LASTEXITCODE."
    }
    if ($changes) {
        Write-Warning -Message 'There are uncommitted changes: the package cannot be verified against its commit.'
    }
    [pscustomobject]@{
        RepositoryUrl = $url
        Commit        = $commit
        Seconds       = $seconds
        Created       = [System.DateTimeOffset]::FromUnixTimeSeconds($seconds).ToString("yyyy-MM-ddTHH:mm:ssZ",
            [cultureinfo]::InvariantCulture)
        Sdk           = Invoke-DotNet -Argument '--version'
    }
}

function Invoke-Packing {
    # Not in module/bin, which may be loaded in a session.
    $bin = Join-Path -Path $artifacts -ChildPath 'bin'
    foreach ($folder in $bin, $packages) {
        if (Test-Path -LiteralPath $folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
    }
    $fact = Get-BuildFact
    # The build of the solution runs the analyzers.
    Invoke-DotNet -Argument (@('build', 'src/LinkedInExports/LinkedInExports.csproj', '--configuration', 'Release',
            "-p:ModuleBin=$bin/", '-p:RunAnalyzers=false') + $BuildProperty)
    Copy-ModuleFile -Bin $bin -Fact $fact
    Add-Signature
    # After the signatures: the SBOM has the hashes of the files as they are packed.
    Invoke-DotNet -Argument 'run', '--project', 'src/LinkedInExports.PackageBuilder', '--configuration', $Configuration, '--',
        'describe', 'src/LinkedInExports/obj/project.assets.json', $packed, $version, $fact.Created, $fact.Sdk
    Invoke-NuGetPack -Fact $fact
    Test-PackageBudget
}

function Copy-ModuleFile {
    param([string] $Bin, [psobject] $Fact)
    $module = Join-Path -Path $packed -ChildPath 'module'
    $null = New-Item -ItemType Directory -Path $module -Force
    Copy-Item -LiteralPath 'LICENSE', 'CHANGELOG.md', 'docs/images/icon.png' -Destination $packed
    ConvertTo-ReleaseManifest -Fact $Fact |
        Set-Content -LiteralPath (Join-Path -Path $packed -ChildPath 'LinkedInExports.psd1') -NoNewline -Encoding Ascii
    Copy-Item -Path 'module/*.psm1', 'module/*.psd1', 'module/*.ps1xml' -Destination $module
    Copy-Item -LiteralPath 'module/runbooks' -Destination $module -Recurse
    # Get-Help also searches the root of the module, so that both builds can share the help.
    Copy-Item -LiteralPath "$Bin/net8.0/en-US" -Destination $packed -Recurse
    Get-ChildItem -Path "$Bin/*/en-US" -Directory | Remove-Item -Recurse -Force
    Copy-Item -LiteralPath $Bin -Destination (Join-Path -Path $module -ChildPath 'bin') -Recurse
}

# Gets the section of the changelog about the version.
function Get-ReleaseNote {
    $text = (Get-Content -LiteralPath 'CHANGELOG.md' -Raw) -replace "`r"
    if ($text -notmatch "(?ms)^## $([regex]::Escape($version))\b[^\n]*\n(?<notes>.+?)(?=^## |\z)") {
        throw "CHANGELOG.md has no section '## $version'."
    }
    $Matches['notes'].Trim()
}

# Adds the release notes and the addresses to the manifest. Update-ModuleManifest would write the current date.
function ConvertTo-ReleaseManifest {
    param([psobject] $Fact)
    $text = (Get-Content -LiteralPath 'LinkedInExports.psd1' -Raw) -replace "`r"
    $notes = "ReleaseNotes = @'`n$(Get-ReleaseNote)`n'@"
    if ($Fact.RepositoryUrl) {
        $notes += "`n            ProjectUri   = '$($Fact.RepositoryUrl)'"
        $notes += "`n            IconUri      = '$(Get-IconUrl -Fact $Fact)'"
    }
    $text.Replace("ReleaseNotes = 'See CHANGELOG.md'", $notes)
}

function Get-IconUrl {
    param([psobject] $Fact)
    "$($Fact.RepositoryUrl)/raw/v$version/docs/images/icon.png"
}

# Signs the assemblies and scripts of this project, if LINKEDINEXPORTS_CERTIFICATE is the path of a PFX file.
function Add-Signature {
    if (-not $env:LINKEDINEXPORTS_CERTIFICATE) {
        return
    }
    $options = @('-pkcs12', $env:LINKEDINEXPORTS_CERTIFICATE, '-h', 'sha256', '-n', 'LinkedInExports')
    if ($env:LINKEDINEXPORTS_CERTIFICATE_PASSWORD_FILE) {
        $options += '-readpass', $env:LINKEDINEXPORTS_CERTIFICATE_PASSWORD_FILE
    }
    if ($env:LINKEDINEXPORTS_TIMESTAMP_SERVER) {
        $options += '-ts', $env:LINKEDINEXPORTS_TIMESTAMP_SERVER
    }
    else {
        Write-Warning -Message 'The signatures have no timestamp, and are invalid when the certificate expires.'
    }
    $files = Get-ChildItem -LiteralPath $packed -Recurse -File |
        Where-Object { $_.Extension -in '.ps1', '.psm1', '.psd1', '.ps1xml' -or $_.Name -like 'LinkedInExports*.dll' }
    foreach ($file in $files) {
        $signed = "$($file.FullName).signed"
        $printed = & osslsigncode sign @options -in $file.FullName -out $signed 2>&1
        if ($LASTEXITCODE -ne 0) {
            throw "osslsigncode could not sign $($file.Name). Version 2.8 or later is required. $printed"
        }
        Move-Item -LiteralPath $signed -Destination $file.FullName -Force
    }
    Write-Output -InputObject "Signed: $(@($files).Count) files"
}

function Invoke-NuGetPack {
    param([psobject] $Fact)
    $nuspec = Join-Path -Path $packages -ChildPath 'LinkedInExports.nuspec'
    (ConvertTo-NuSpec -Fact $Fact).Save($nuspec)
    Invoke-DotNet -Argument 'pack', 'src/LinkedInExports/LinkedInExports.csproj', '--no-build', '--configuration', 'Release',
        "-p:NuspecFile=$nuspec", "-p:NuspecBasePath=$packed", "-p:PackageOutputPath=$packages", '-p:NoPackageAnalysis=true',
        "-p:DeterministicTimestamp=$($Fact.Seconds)"
    Remove-Item -LiteralPath $nuspec
}

# Creates the metadata like Publish-PSResource. Find-PSResource and Find-Command search the tags.
function ConvertTo-NuSpec {
    param([psobject] $Fact)
    $data = $manifest.PrivateData.PSData
    $tags = @($data.Tags) + 'PSModule', 'PSIncludes_Cmdlet' +
        $manifest.CmdletsToExport.ForEach{ "PSCmdlet_$_" } + $manifest.CmdletsToExport.ForEach{ "PSCommand_$_" }
    $values = [ordered]@{
        id                       = 'LinkedInExports'
        version                  = $version
        authors                  = $manifest.Author
        owners                   = $manifest.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $data.LicenseUri
        icon                     = 'icon.png'
        description              = $manifest.Description
        releaseNotes             = Get-ReleaseNote
        copyright                = $manifest.Copyright
        tags                     = $tags -join ' '
    }
    if ($Fact.RepositoryUrl) {
        $values.projectUrl = $Fact.RepositoryUrl
        $values.iconUrl = Get-IconUrl -Fact $Fact
    }
    $document = [System.Xml.XmlDocument]::new()
    $namespace = 'http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd'
    $package = $document.AppendChild($document.CreateElement('package', $namespace))
    $metadata = $package.AppendChild($document.CreateElement('metadata', $namespace))
    foreach ($name in $values.Keys) {
        $metadata.AppendChild($document.CreateElement($name, $namespace)).InnerText = $values[$name]
    }
    # NuGet omits a repository without an address. The assemblies name the commit in each package.
    if ($Fact.RepositoryUrl) {
        $repository = $metadata.AppendChild($document.CreateElement('repository', $namespace))
        $repository.SetAttribute('type', 'git')
        $repository.SetAttribute('url', $Fact.RepositoryUrl)
        $repository.SetAttribute('commit', $Fact.Commit)
    }
    $files = $package.AppendChild($document.CreateElement('files', $namespace))
    # Not with a wildcard: the order of the files in a folder depends on the file system.
    foreach ($path in Get-PackedPath) {
        $file = $files.AppendChild($document.CreateElement('file', $namespace))
        $file.SetAttribute('src', $path)
        $file.SetAttribute('target', $path)
    }
    $document
}

# Gets the paths of the files in the package, in an order that doesn't depend on the culture.
function Get-PackedPath {
    $paths = [string[]] (Get-ChildItem -LiteralPath $packed -Recurse -File).ForEach{
        $_.FullName.Substring($packed.Length + 1).Replace('\', '/')
    }
    [array]::Sort($paths, [System.StringComparer]::Ordinal)
    $paths
}

function Test-PackageBudget {
    $file = Get-Item -LiteralPath $nupkg
    if ($file.Length -gt $maxPackageBytes) {
        throw "The package has $($file.Length) bytes; the limit is $maxPackageBytes."
    }
    foreach ($path in Get-PackedPath) {
        if ($path.Length -gt $maxPathLength) {
            throw "The path $path has $($path.Length) characters; the limit is $maxPathLength."
        }
        if ($path -match '\.(pdb|xml\.bak|deps\.json)$|System\.Management\.Automation\.dll|Emulator|Tests|xunit') {
            throw "The package contains $path, which is not for users."
        }
    }
    Write-Output -InputObject ('{0}: {1:N0} KB, SHA-256 {2}' -f $file.Name, ($file.Length / 1KB),
        (Get-FileHash -LiteralPath $nupkg).Hash)
}

function Invoke-ToolPacking {
    Invoke-DotNet -Argument (@('pack', 'src/LinkedInExports.Emulator', '--configuration', 'Release', '--output', $packages,
            '-p:RunAnalyzers=false', "-p:DeterministicTimestamp=$((Get-BuildFact).Seconds)") + $BuildProperty)
}

# Tests the module in the .nupkg file.
function Test-Package {
    if (-not (Test-Path -LiteralPath $nupkg)) {
        throw "There is no package $nupkg. Run ./build.ps1 -Task Package first."
    }
    if (-not (Find-Pester)) {
        Write-Warning -Message 'TestPackage is skipped: Pester was not found.'
        return
    }
    if (Test-Path -LiteralPath $packed) {
        Remove-Item -LiteralPath $packed -Recurse -Force
    }
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    [System.IO.Compression.ZipFile]::ExtractToDirectory($nupkg, $packed)
    # The tests need the emulator, and the older packages in the output of the convention tests.
    Invoke-DotNet -Argument 'build', $solution, '--configuration', $Configuration
    $module = Join-Path -Path $packed -ChildPath 'LinkedInExports.psd1'
    $suites = Get-ChildItem -Path 'tests/pester/*.Tests.ps1'
    if ($PSVersionTable.PSEdition -eq 'Desktop') {
        $suites = $suites | Where-Object { Select-String -Quiet -LiteralPath $_.FullName -Pattern '^#Requires -Version 5\.1' }
    }
    $failed = foreach ($suite in $suites) {
        & $shell -NoProfile -NonInteractive -File 'tests/pester/Invoke-Suite.ps1' -Path $suite.FullName -Module $module | Out-Host
        if ($LASTEXITCODE -ne 0) { $suite.Name }
    }
    if ($failed) {
        throw "These files failed with the package: $($failed -join ', ')."
    }
}
