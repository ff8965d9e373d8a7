BeforeDiscovery {
    # These tests create the package, which the other tests use when they test a package.
    $isPacked = [bool] $env:LINKEDINEXPORTS_MODULE
    # Installing would change the modules of the user, except where a variable of the process selects their folder.
    $canInstall = (Get-Command -Name Install-PSResource -ErrorAction Ignore) -and ($IsLinux -or $env:CI)
}

Describe 'The package' -Skip:$isPacked {
    BeforeAll {
        Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
        $root = Split-Path -Path (Get-ManifestPath)
        $version = (Import-PowerShellDataFile -LiteralPath "$root/LinkedInExports.psd1").ModuleVersion
        $shell = Get-ShellPath
        $printed = & $shell -NoProfile -NonInteractive -File "$root/build.ps1" -Task Package 2>&1
        if ($LASTEXITCODE -ne 0) { throw ($printed | Out-String) }
        $folder = "$root/artifacts/package/LinkedInExports/$version"
        $nupkg = "$root/artifacts/package/LinkedInExports.$version.nupkg"
        $unpacked = "$TestDrive/LinkedInExports/$version"
        [System.IO.Compression.ZipFile]::ExtractToDirectory($nupkg, $unpacked)

        function Get-FileName([string] $Path) {
            Get-ChildItem -LiteralPath $Path -Recurse -File |
                ForEach-Object { $_.FullName.Substring((Resolve-Path -LiteralPath $Path).Path.Length + 1).Replace('\', '/') } |
                Sort-Object
        }
    }

    It 'has only the files that users need' {
        $names = Get-FileName $folder
        $expected = @(
            'CHANGELOG.md', 'LICENSE', 'LinkedInExports.psd1', 'THIRD-PARTY-NOTICES.txt', 'icon.png'
            '_manifest/spdx_2.2/manifest.spdx.json'
            'about_LinkedInExports.help.txt', 'about_LinkedInExports_Errors.help.txt', 'about_LinkedInExports_Limits.help.txt',
            'about_LinkedInExports_Unattended.help.txt', 'LinkedInExports.dll-Help.xml' | ForEach-Object { "en-US/$_" }
            'LinkedInExports.Format.ps1xml', 'LinkedInExports.psm1', 'LinkedInExports.Types.ps1xml',
            'LinkedInExports.Types.psd1' | ForEach-Object { "module/$_" }
            'Export-SalesActivity.ps1', 'Export-ValidationDelta.ps1', 'Invoke-ResumeFanOut.ps1', 'RunbookConnection.psm1',
            'RunbookLog.psm1', 'RunbookResume.psm1', 'RunbookSupport.psm1', 'Sync-Resumes.ps1' |
                ForEach-Object { "module/runbooks/$_" }
        )
        $names -notmatch '^module/bin/' | Should -Be ($expected | Sort-Object)
        $names -match '^module/bin/' |
            ForEach-Object { $_ | Should -Match '^module/bin/(net8\.0|netstandard2\.0)/(private/)?[\w.]+\.dll$' }
        $names -match 'System\.Management\.Automation|Emulator|Tests|xunit|\.pdb$|\.deps\.json$' | Should -BeNullOrEmpty
        $names -match 'net8\.0/.*System\.Text\.Json' | Should -BeNullOrEmpty
    }

    It 'is small and has short paths' {
        (Get-Item -LiteralPath $nupkg).Length | Should -BeLessThan 3MB
        Get-FileName $folder | ForEach-Object { $_.Length | Should -BeLessOrEqual 100 }
    }

    It 'has the folders of an installed module, and the same files in the .nupkg' {
        Split-Path -Leaf -Path (Split-Path -Path $folder) | Should -Be LinkedInExports
        Get-FileName $unpacked |
            Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]\.xml$|LinkedInExports\.nuspec$)' } |
            Should -Be (Get-FileName $folder)
        foreach ($name in Get-FileName $folder) {
            (Get-FileHash -LiteralPath "$unpacked/$name").Hash |
                Should -Be (Get-FileHash -LiteralPath "$folder/$name").Hash -Because $name
        }
    }

    It 'has the metadata of the Gallery' {
        $metadata = ([xml] (Get-Content -Raw -LiteralPath "$unpacked/LinkedInExports.nuspec")).package.metadata
        $metadata.id | Should -Be LinkedInExports
        $metadata.version | Should -Be $version
        $tags = -split $metadata.tags
        foreach ($tag in 'PSModule', 'PSIncludes_Cmdlet', 'PSEdition_Core', 'PSEdition_Desktop', 'PSCmdlet_Save-ExportFile',
            'PSCommand_Save-ExportFile') {
            $tags | Should -Contain $tag
        }
        $rels = [xml] (Get-Content -Raw -LiteralPath "$unpacked/_rels/.rels")
        $rels.Relationships.Relationship.Target | Should -Contain '/LinkedInExports.nuspec'
    }

    It 'names its commit' {
        $assembly = [System.Diagnostics.FileVersionInfo]::GetVersionInfo("$folder/module/bin/net8.0/LinkedInExports.dll")
        $assembly.ProductVersion | Should -Be "$version+$(& git -C $root rev-parse HEAD)"
    }

    It 'has the release notes of the changelog, and a valid manifest' {
        $data = (Test-ModuleManifest -Path "$folder/LinkedInExports.psd1").PrivateData.PSData
        $data.ReleaseNotes | Should -Match '^### Added'
        $changelog = (Get-Content -Raw -LiteralPath "$root/CHANGELOG.md") -replace "`r"
        $changelog.Contains($data.ReleaseNotes) | Should -BeTrue
    }

    It 'has the license of each package that it contains' {
        $notices = Get-Content -Raw -LiteralPath "$folder/THIRD-PARTY-NOTICES.txt"
        $packages = Get-ChildItem -Path "$folder/module/bin/*/private/*.dll" | Where-Object Name -NotLike 'LinkedInExports*' |
            ForEach-Object { $_.BaseName } | Sort-Object -Unique
        $packages.Count | Should -BeGreaterThan 10
        foreach ($package in $packages.ForEach{ [regex]::Escape($_) }) {
            $notices | Should -Match "(?m)^$package [\d.]+, [\w.-]+$" -Because 'the list names it'
            $notices | Should -Match "(?m)^-{80}\n(.+, )?$package [\d.]+(, .+)?\n-{80}\n\n\S" -Because 'it has a text'
        }
    }

    It 'has an SBOM of all files, which relates each assembly to its package' {
        $sbom = Get-Content -Raw -LiteralPath "$folder/_manifest/spdx_2.2/manifest.spdx.json" | ConvertFrom-Json
        $names = Get-FileName $folder | Where-Object { $_ -notlike '_manifest/*' }
        $sbom.files.fileName | Sort-Object | Should -Be ($names | ForEach-Object { "./$_" } | Sort-Object)
        foreach ($file in $sbom.files) {
            $file.checksums.Where{ $_.algorithm -eq 'SHA256' }.checksumValue |
                Should -Be (Get-FileHash -LiteralPath "$folder/$($file.fileName)").Hash -Because $file.fileName
            if ($file.fileName -match '\.dll$' -and $file.fileName -notmatch '/LinkedInExports') {
                $from = $sbom.relationships.Where{
                    $_.spdxElementId -eq $file.SPDXID -and $_.relationshipType -eq 'EXPANDED_FROM_ARCHIVE'
                }
                $sbom.packages.Where{ $_.SPDXID -eq $from.relatedSpdxElement }.externalRefs.referenceLocator |
                    Should -Match '^pkg:nuget/[\w.]+@[\d.]+$' -Because $file.fileName
            }
        }
        $ids = @($sbom.SPDXID) + $sbom.packages.SPDXID + $sbom.files.SPDXID
        $ids | Should -HaveCount @($ids | Sort-Object -Unique).Count
        $sbom.relationships.spdxElementId + $sbom.relationships.relatedSpdxElement | Where-Object { $_ -notin $ids } |
            Should -BeNullOrEmpty
    }

    It 'can be installed from a folder' -Skip:(-not $canInstall) {
        # Without the folder of data, PSResourceGet writes to the current folder.
        $null = New-Item -ItemType Directory -Path "$TestDrive/home/.local/share"
        $lines = Invoke-NewShell -Environment @{ HOME = "$TestDrive/home" } -Script @"
            `$ErrorActionPreference = 'Stop'
            `$ProgressPreference = 'SilentlyContinue'
            Register-PSResourceRepository -Name LinkedInExportsTest -Uri '$root/artifacts/package' -Trusted
            try {
                Install-PSResource -Name LinkedInExports -Repository LinkedInExportsTest -Reinstall
                (Import-Module -Name LinkedInExports -PassThru).ModuleBase
                (Get-PSResource -Name LinkedInExports).ReleaseNotes.Length -gt 100
                (Get-Command -Name Save-ExportFile).Source
            }
            finally {
                Unregister-PSResourceRepository -Name LinkedInExportsTest
            }
"@
        if ($IsLinux) { $lines[0] | Should -BeLike "$TestDrive/home/*/LinkedInExports/$version" }
        $lines[1] | Should -Be 'True'
        $lines[2] | Should -Be 'LinkedInExports'
    }

    It 'is a Release build' {
        Invoke-NewShell -Script @"
            foreach (`$name in 'LinkedInExports', 'LinkedInExports.Models', 'private/LinkedInExports.Core') {
                [System.Reflection.Assembly]::LoadFrom("$folder/module/bin/net8.0/`$name.dll").GetCustomAttributesData().
                    Where{ `$_.AttributeType.Name -eq 'AssemblyConfigurationAttribute' }.ConstructorArguments.Value
            }
"@ | Should -Be Release, Release, Release
    }

    It 'can be imported by its name, with its help' {
        $lines = Invoke-NewShell -Environment @{ PSModulePath = $TestDrive } -Script @'
            $ErrorActionPreference = 'Stop'
            Import-Module LinkedInExports
            (Get-Module LinkedInExports).ModuleBase
            (Get-Command -Module LinkedInExports).Count
            (Get-Help Wait-ExportJob).Synopsis
            (Get-Help about_LinkedInExports_Errors) -match 'WaitTimedOut'
'@
        $lines[0] | Should -Be (Resolve-Path -LiteralPath $unpacked).Path
        $lines[1] | Should -Be (Import-PowerShellDataFile -LiteralPath "$folder/LinkedInExports.psd1").CmdletsToExport.Count
        $lines[2] | Should -Be 'Waits for export jobs and outputs each job when it is completed.'
        $lines[3] | Should -Be 'True'
    }

    # The task Reproduce builds it in other folders.
    It 'is reproducible in another culture and time zone' {
        $before = (Get-FileHash -LiteralPath $nupkg).Hash
        $variables = @{ LC_ALL = 'tr_TR.UTF-8'; TZ = 'Pacific/Kiritimati' }
        Invoke-NewShell -Environment $variables -Script "& '$root/build.ps1' -Task Package"
        (Get-FileHash -LiteralPath $nupkg).Hash | Should -Be $before
    }
}
