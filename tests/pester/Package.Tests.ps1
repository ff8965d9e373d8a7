BeforeDiscovery {
    # These tests create the package, which the other tests use when they test a package.
    $isPacked = [bool] $env:LINKEDINEXPORTS_MODULE
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
            'CHANGELOG.md', 'LICENSE', 'LinkedInExports.psd1'
            'about_LinkedInExports.help.txt', 'about_LinkedInExports_Errors.help.txt', 'about_LinkedInExports_Limits.help.txt',
            'about_LinkedInExports_Unattended.help.txt', 'LinkedInExports.dll-Help.xml' | ForEach-Object { "en-US/$_" }
            'LinkedInExports.Format.ps1xml', 'LinkedInExports.psm1', 'LinkedInExports.Types.ps1xml',
            'LinkedInExports.Types.psd1' | ForEach-Object { "module/$_" }
            'Export-SalesActivity.ps1', 'Export-ValidationDelta.ps1', 'Invoke-ResumeFanOut.ps1', 'RunbookConnection.psm1',
            'RunbookLog.psm1', 'RunbookSupport.psm1', 'Sync-Resumes.ps1' | ForEach-Object { "module/runbooks/$_" }
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

    It 'is reproducible' {
        $before = Get-FileName $folder | ForEach-Object { (Get-FileHash -LiteralPath "$folder/$_").Hash }
        $printed = & $shell -NoProfile -NonInteractive -File "$root/build.ps1" -Task Package 2>&1
        if ($LASTEXITCODE -ne 0) { throw ($printed | Out-String) }
        Get-FileName $folder | ForEach-Object { (Get-FileHash -LiteralPath "$folder/$_").Hash } | Should -Be $before
    }
}
