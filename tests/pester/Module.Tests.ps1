BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $names = (Import-PowerShellDataFile -Path $manifest).CmdletsToExport | Sort-Object
}

Describe 'The module' {
    It 'has a manifest without fault' {
        (Test-ModuleManifest -Path $manifest).Version | Should -Be ([version] (Import-PowerShellDataFile -Path $manifest).ModuleVersion)
    }

    It 'exports its commands, with its own name and version, and nothing else' {
        $commands = Get-Command -Module LinkedInExports | Sort-Object -Property Name
        $commands.Name | Should -Be $names
        $commands.Version | Sort-Object -Unique | Should -Be (Import-PowerShellDataFile -Path $manifest).ModuleVersion
    }

    It 'takes no name that PowerShell has given' {
        foreach ($name in $names) {
            (Get-Command -Name $name -All).ModuleName | Sort-Object -Unique | Should -Be LinkedInExports -Because $name
        }
        Get-Command -Module LinkedInExports -CommandType Alias, Function | Should -BeNullOrEmpty
    }

    It 'can be imported again, by force, and after it was removed' {
        Invoke-NewShell -Script @"
            Import-Module '$manifest'; Import-Module '$manifest' -Force; Import-Module '$manifest' -Force
            Remove-Module LinkedInExports; Import-Module '$manifest'
            (Get-Command -Module LinkedInExports).Count; `$Error.Count
"@ | Should -Be @($names.Count, 0)
    }

    It 'shows the types that it outputs, and hides its packages' {
        [LinkedInExports.ExportJob] | Should -Not -BeNullOrEmpty
        'CsvHelper.CsvReader' -as [type] | Should -BeNullOrEmpty
        'Polly.ResiliencePipeline' -as [type] | Should -BeNullOrEmpty
        'LinkedInExports.Core.LinkedInClient' -as [type] | Should -BeNullOrEmpty
    }

    It 'refuses to run on the code of another copy' {
        $copy = Join-Path -Path $TestDrive -ChildPath LinkedInExports
        $null = New-Item -ItemType Directory -Path $copy
        Copy-Item -LiteralPath $manifest -Destination $copy
        Copy-Item -LiteralPath (Join-Path -Path (Split-Path -Path $manifest) -ChildPath module) -Destination $copy -Recurse
        { Invoke-NewShell -Script "Import-Module '$manifest'; `$ErrorActionPreference = 'Stop'; Import-Module '$copy/LinkedInExports.psd1'" } |
            Should -Throw -ExpectedMessage '*Another copy of LinkedInExports is loaded*'
    }

    It 'says how to build it when it is not built' {
        $copy = Join-Path -Path $TestDrive -ChildPath Unbuilt
        $null = New-Item -ItemType Directory -Path $copy/module
        Copy-Item -LiteralPath $manifest -Destination $copy
        Copy-Item -Path "$(Split-Path -Path $manifest)/module/*.ps*1*" -Destination $copy/module
        { Invoke-NewShell -Script "`$ErrorActionPreference = 'Stop'; Import-Module '$copy/LinkedInExports.psd1'" } |
            Should -Throw -ExpectedMessage '*is not built*dotnet build*'
    }

    It 'leaves no type data behind when it is removed' {
        Invoke-NewShell -Script @"
            Import-Module '$manifest'; Remove-Module LinkedInExports
            @(Get-TypeData -TypeName '*LinkedInExports*').Count
"@ | Should -Be 0
    }

    It 'passes PSScriptAnalyzer under the Gallery settings, with every other script' -Skip:(-not (Get-Module -ListAvailable -Name PSScriptAnalyzer)) {
        & "$PSScriptRoot/Invoke-Analysis.ps1" | Should -Match 'no findings'
    }
}

Describe 'Isolation' {
    It 'works beside an older CsvHelper and an older Polly that were loaded first' {
        $rivals = Split-Path -Path (Get-BuildOutput -Project 'tests/LinkedInExports.Conventions.Tests' -File 'Polly.dll')
        $emulator = Start-Emulator
        try {
            $lines = Invoke-NewShell -Emulator $emulator -Script @"
                `$ErrorActionPreference = 'Stop'
                Add-Type -LiteralPath '$rivals/CsvHelper.dll', '$rivals/Polly.dll'
                Import-Module '$manifest'
                `$records = New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt 2025-01-01 | Wait-ExportJob -PollInterval 0:0:0.1 |
                    Save-ExportFile -Destination '$TestDrive/rival' | Import-ExportFile
                `$records.Count
                [AppDomain]::CurrentDomain.GetAssemblies().Where{ `$_.GetName().Name -in 'CsvHelper', 'Polly', 'Polly.Core' }.ForEach{ '{0} {1}' -f `$_.GetName().Name, `$_.GetName().Version.Major } | Sort-Object
"@
            $lines | Should -Be @('300', 'CsvHelper 30', 'CsvHelper 34', 'Polly 7', 'Polly.Core 8')
        }
        finally {
            Stop-Emulator $emulator
        }
    }

    It 'runs the same pipeline with the build for Windows PowerShell' {
        # In a copy of the module whose build for PowerShell 7 is the other one.
        $copy = Join-Path -Path $TestDrive -ChildPath Older
        $null = New-Item -ItemType Directory -Path $copy
        Copy-Item -LiteralPath $manifest -Destination $copy
        Copy-Item -LiteralPath (Join-Path -Path (Split-Path -Path $manifest) -ChildPath module) -Destination $copy -Recurse
        Remove-Item -LiteralPath $copy/module/bin/net8.0 -Recurse
        Rename-Item -LiteralPath $copy/module/bin/netstandard2.0 -NewName net8.0

        $emulator = Start-Emulator -Option @{ 'extra-columns' = 'Owner' }
        try {
            $lines = Invoke-NewShell -Emulator $emulator -Script @"
                `$ErrorActionPreference = 'Stop'
                Import-Module '$copy/LinkedInExports.psd1'
                `$job = New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt 2025-01-01
                `$job | Export-Clixml '$TestDrive/older.xml'
                `$files = Import-Clixml '$TestDrive/older.xml' | Wait-ExportJob -PollInterval 0:0:0.1 | Save-ExportFile -Destination '$TestDrive/older'
                `$again = `$job | Save-ExportFile -Destination '$TestDrive/older'
                `$records = `$files | Import-ExportFile
                `$records.Count, (`$records | Where-Object CrmRecordType -eq CONTACT).Count, `$records[0].Owner.Length, @(`$again).Count
                (Get-Command Save-ExportFile).ImplementingType.Assembly.GetCustomAttributes(`$true).Where{ `$_ -is [System.Runtime.Versioning.TargetFrameworkAttribute] }.FrameworkName
"@
            $lines[0, 1, 3, 4] | Should -Be @('300', '225', '3', '.NETStandard,Version=v2.0')
            [int] $lines[2] | Should -BeGreaterThan 0
        }
        finally {
            Stop-Emulator $emulator
        }
    }
}
