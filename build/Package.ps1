# The tasks Package and TestPackage of build.ps1, which reads this file.
$packages = Join-Path -Path $artifacts -ChildPath 'package'
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath '../LinkedInExports.psd1')
$packed = Join-Path -Path $packages -ChildPath "LinkedInExports/$($manifest.ModuleVersion)"

# Azure Automation and older tools reject long paths.
$maxPackageBytes = 3MB
$maxPathLength = 100

function Invoke-Packing {
    # Not in module/bin, which may be loaded in a session.
    $bin = Join-Path -Path $artifacts -ChildPath 'bin'
    foreach ($folder in $bin, $packages) {
        if (Test-Path -LiteralPath $folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
    }
    # The build of the solution runs the analyzers.
    Invoke-DotNet -Argument 'build', 'src/LinkedInExports/LinkedInExports.csproj', '--configuration', 'Release',
        "-p:ModuleBin=$bin/", '-p:RunAnalyzers=false'

    $module = Join-Path -Path $packed -ChildPath 'module'
    $null = New-Item -ItemType Directory -Path $module -Force
    Copy-Item -LiteralPath 'LinkedInExports.psd1', 'LICENSE', 'CHANGELOG.md' -Destination $packed
    Copy-Item -Path 'module/*.psm1', 'module/*.psd1', 'module/*.ps1xml' -Destination $module
    Copy-Item -LiteralPath 'module/runbooks' -Destination $module -Recurse
    # Get-Help also searches the root of the module, so that both builds can share the help.
    Copy-Item -LiteralPath "$bin/net8.0/en-US" -Destination $packed -Recurse
    Get-ChildItem -Path "$bin/*/en-US" -Directory | Remove-Item -Recurse -Force
    Copy-Item -LiteralPath $bin -Destination (Join-Path -Path $module -ChildPath 'bin') -Recurse

    $nuspec = Join-Path -Path $packages -ChildPath 'LinkedInExports.nuspec'
    (ConvertTo-NuSpec).Save($nuspec)
    Invoke-DotNet -Argument 'pack', 'src/LinkedInExports/LinkedInExports.csproj', '--no-build', '--configuration', 'Release',
        "-p:ModuleBin=$bin/", "-p:NuspecFile=$nuspec", "-p:NuspecBasePath=$packed", "-p:PackageOutputPath=$packages",
        '-p:NoPackageAnalysis=true'
    Remove-Item -LiteralPath $nuspec
    Test-PackageBudget
}

# Creates the metadata like Publish-PSResource. Find-PSResource and Find-Command search the tags.
function ConvertTo-NuSpec {
    $data = $manifest.PrivateData.PSData
    $tags = @($data.Tags) + 'PSModule', 'PSIncludes_Cmdlet' +
        $manifest.CmdletsToExport.ForEach{ "PSCmdlet_$_" } + $manifest.CmdletsToExport.ForEach{ "PSCommand_$_" }
    $facts = [ordered]@{
        id                       = 'LinkedInExports'
        version                  = $manifest.ModuleVersion
        authors                  = $manifest.Author
        owners                   = $manifest.CompanyName
        requireLicenseAcceptance = 'false'
        licenseUrl               = $data.LicenseUri
        description              = $manifest.Description
        releaseNotes             = $data.ReleaseNotes
        copyright                = $manifest.Copyright
        tags                     = $tags -join ' '
    }
    $document = [System.Xml.XmlDocument]::new()
    $namespace = 'http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd'
    $package = $document.AppendChild($document.CreateElement('package', $namespace))
    $metadata = $package.AppendChild($document.CreateElement('metadata', $namespace))
    foreach ($name in $facts.Keys) {
        $metadata.AppendChild($document.CreateElement($name, $namespace)).InnerText = $facts[$name]
    }
    $files = $package.AppendChild($document.CreateElement('files', $namespace))
    $file = $files.AppendChild($document.CreateElement('file', $namespace))
    $file.SetAttribute('src', '**')
    $file.SetAttribute('target', '')
    $document
}

function Test-PackageBudget {
    $nupkg = Get-Item -Path (Join-Path -Path $packages -ChildPath '*.nupkg')
    if ($nupkg.Length -gt $maxPackageBytes) {
        throw "The package has $($nupkg.Length) bytes; the limit is $maxPackageBytes."
    }
    foreach ($file in Get-ChildItem -LiteralPath $packed -Recurse -File) {
        $name = $file.FullName.Substring($packed.Length + 1)
        if ($name.Length -gt $maxPathLength) {
            throw "The path $name has $($name.Length) characters; the limit is $maxPathLength."
        }
        if ($name -match '\.(pdb|xml\.bak|deps\.json)$|System\.Management\.Automation\.dll|Emulator|Tests|xunit') {
            throw "The package contains $name, which is not for users."
        }
    }
    Write-Output -InputObject ('{0}: {1:N0} KB' -f $nupkg.Name, ($nupkg.Length / 1KB))
}

function Test-Package {
    if (-not (Test-Path -LiteralPath $packed)) {
        throw "There is no package in $packed. Run ./build.ps1 -Task Package first."
    }
    if (-not (Find-Pester)) {
        Write-Warning -Message 'TestPackage is skipped: Pester was not found.'
        return
    }
    # The tests need the emulator, and the older packages in the output of the convention tests.
    Invoke-DotNet -Argument 'build', $solution, '--configuration', $Configuration
    $module = Join-Path -Path $packed -ChildPath 'LinkedInExports.psd1'
    $suites = Get-ChildItem -Path 'tests/pester/*.Tests.ps1'
    if ($PSVersionTable.PSEdition -eq 'Desktop') {
        $suites = $suites | Where-Object Name -EQ 'Smoke.Tests.ps1'
    }
    $failed = foreach ($suite in $suites) {
        & $shell -NoProfile -NonInteractive -File 'tests/pester/Invoke-Suite.ps1' -Path $suite.FullName -Module $module | Out-Host
        if ($LASTEXITCODE -ne 0) { $suite.Name }
    }
    if ($failed) {
        throw "These files failed with the package: $($failed -join ', ')."
    }
}
