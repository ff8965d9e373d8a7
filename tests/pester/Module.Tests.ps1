BeforeDiscovery {
    $hasAnalyzer = [bool] (Get-Module -ListAvailable -Name PSScriptAnalyzer)
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $names = (Import-PowerShellDataFile -Path $manifest).CmdletsToExport | Sort-Object
}

Describe 'The module' {
    It 'has a valid manifest' {
        (Test-ModuleManifest -Path $manifest).Version |
            Should -Be ([version] (Import-PowerShellDataFile -Path $manifest).ModuleVersion)
    }

    It 'exports only its cmdlets, with its name and version' {
        $commands = Get-Command -Module LinkedInExports | Sort-Object -Property Name
        $commands.Name | Should -Be $names
        $commands.Version | Sort-Object -Unique | Should -Be (Import-PowerShellDataFile -Path $manifest).ModuleVersion
    }

    It 'uses no name of another command' {
        foreach ($name in $names) {
            (Get-Command -Name $name -All).ModuleName | Sort-Object -Unique | Should -Be LinkedInExports -Because $name
        }
        Get-Command -Module LinkedInExports -CommandType Alias, Function | Should -BeNullOrEmpty
    }

    It 'can be imported again, with -Force, and after it was removed' {
        Invoke-NewSession -Script @"
            Import-Module '$manifest'; Import-Module '$manifest' -Force; Import-Module '$manifest' -Force
            Remove-Module LinkedInExports; Import-Module '$manifest'
            (Get-Command -Module LinkedInExports).Count; `$Error.Count
"@ | Should -Be @($names.Count, 0)
    }

    It 'exposes the types that it outputs, and not its packages' {
        [LinkedInExports.ExportJob] | Should -Not -BeNullOrEmpty
        'CsvHelper.CsvReader' -as [type] | Should -BeNullOrEmpty
        'Polly.ResiliencePipeline' -as [type] | Should -BeNullOrEmpty
        'LinkedInExports.Core.LinkedInClient' -as [type] | Should -BeNullOrEmpty
    }

    It 'rejects the assemblies of another copy' {
        $copy = Join-Path -Path $TestDrive -ChildPath LinkedInExports
        $null = New-Item -ItemType Directory -Path $copy
        Copy-Item -LiteralPath $manifest -Destination $copy
        Copy-Item -LiteralPath (Join-Path -Path (Split-Path -Path $manifest) -ChildPath module) -Destination $copy -Recurse
        {
            Invoke-NewShell -Script @"
                `$ErrorActionPreference = 'Stop'
                Import-Module '$manifest'
                Import-Module '$copy/LinkedInExports.psd1'
"@
        } | Should -Throw -ExpectedMessage '*Another copy of LinkedInExports is loaded*'
    }

    It 'describes how to build it when it is not built' {
        $copy = Join-Path -Path $TestDrive -ChildPath Unbuilt
        $null = New-Item -ItemType Directory -Path $copy/module
        Copy-Item -LiteralPath $manifest -Destination $copy
        Copy-Item -Path "$(Split-Path -Path $manifest)/module/*.ps*1*" -Destination $copy/module
        { Invoke-NewShell -Script "`$ErrorActionPreference = 'Stop'; Import-Module '$copy/LinkedInExports.psd1'" } |
            Should -Throw -ExpectedMessage '*is not built*dotnet build*'
    }

    It 'rejects PowerShell 7.3 and earlier' {
        # Only the table of the session says that it is an older version.
        {
            Invoke-NewShell -Script @"
                `$ErrorActionPreference = 'Stop'
                `$PSVersionTable.PSVersion = [semver] '7.3.12'
                Import-Module '$manifest'
"@
        } | Should -Throw -ExpectedMessage '*requires PowerShell 7.4 or later, or Windows PowerShell 5.1. This is 7.3.12*'
    }

    It 'removes its type data when it is removed' {
        Invoke-NewSession -Script @"
            Import-Module '$manifest'; Remove-Module LinkedInExports
            @(Get-TypeData -TypeName '*LinkedInExports*').Count
"@ | Should -Be 0
    }

    It 'and all scripts pass PSScriptAnalyzer' -Skip:(-not $hasAnalyzer) {
        & "$PSScriptRoot/Invoke-Analysis.ps1" | Should -Match 'no findings'
    }
}

Describe 'Isolation' {
    BeforeAll {
        # A copy of the module in which the build for Windows PowerShell replaces the other one.
        $copy = Join-Path -Path $TestDrive -ChildPath Older
        $null = New-Item -ItemType Directory -Path $copy
        Copy-Item -LiteralPath $manifest -Destination $copy
        Copy-Item -LiteralPath (Join-Path -Path (Split-Path -Path $manifest) -ChildPath module) -Destination $copy -Recurse
        Remove-Item -LiteralPath $copy/module/bin/net8.0 -Recurse
        Rename-Item -LiteralPath $copy/module/bin/netstandard2.0 -NewName net8.0
    }

    It 'works with older versions of CsvHelper and Polly that were loaded before' {
        $rivals = Split-Path -Path (Get-BuildOutput -Project 'tests/LinkedInExports.Conventions.Tests' -File 'Polly.dll')
        $emulator = Start-Emulator
        try {
            $lines = Invoke-NewShell -Emulator $emulator -Script @"
                `$ErrorActionPreference = 'Stop'
                Add-Type -LiteralPath '$rivals/CsvHelper.dll', '$rivals/Polly.dll'
                Import-Module '$manifest'
                `$records = New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt 2025-01-01 |
                    Wait-ExportJob -PollInterval 0:0:0.1 | Save-ExportFile -Destination '$TestDrive/rival' | Import-ExportFile
                `$records.Count
                [AppDomain]::CurrentDomain.GetAssemblies().ForEach{ `$_.GetName() } |
                    Where-Object Name -In 'CsvHelper', 'Polly', 'Polly.Core' |
                    ForEach-Object { '{0} {1}' -f `$_.Name, `$_.Version.Major } | Sort-Object
"@
            $lines | Should -Be @('300', 'CsvHelper 30', 'CsvHelper 34', 'Polly 7', 'Polly.Core 8')
        }
        finally {
            Stop-Emulator $emulator
        }
    }

    It 'has the same results with the build for Windows PowerShell' {
        $emulator = Start-Emulator -Option @{ 'extra-columns' = 'Owner' }
        try {
            $lines = Invoke-NewShell -Emulator $emulator -Script @"
                `$ErrorActionPreference = 'Stop'
                Import-Module '$copy/LinkedInExports.psd1'
                `$job = New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt 2025-01-01
                `$job | Export-Clixml '$TestDrive/older.xml'
                `$files = Import-Clixml '$TestDrive/older.xml' | Wait-ExportJob -PollInterval 0:0:0.1 |
                    Save-ExportFile -Destination '$TestDrive/older'
                `$again = `$job | Save-ExportFile -Destination '$TestDrive/older'
                `$records = `$files | Import-ExportFile
                `$records.Count
                (`$records | Where-Object CrmRecordType -eq CONTACT).Count
                `$records[0].Owner.Length
                @(`$again).Count
                `$assembly = (Get-Command Save-ExportFile).ImplementingType.Assembly
                `$framework = [System.Runtime.Versioning.TargetFrameworkAttribute]
                `$assembly.GetCustomAttributes(`$true).Where{ `$_ -is `$framework }.FrameworkName
"@
            $lines[0, 1, 3, 4] | Should -Be @('300', '225', '3', '.NETStandard,Version=v2.0')
            [int] $lines[2] | Should -BeGreaterThan 0
        }
        finally {
            Stop-Emulator $emulator
        }
    }

    It 'resolves no assemblies for other modules with the build for Windows PowerShell' {
        Invoke-NewShell -Script @"
            `$ErrorActionPreference = 'Stop'
            Import-Module '$copy/LinkedInExports.psd1'
            `$load = [System.Reflection.Assembly].GetMethod('Load', [type[]] @([string]))

            # One assembly from bytes, and a dynamic one, whose location throws an exception.
            Add-Type -TypeDefinition 'public static class FromBytes {
                public static object Load() { return System.Reflection.Assembly.Load("CsvHelper"); } }'
            `$name = [System.Reflection.AssemblyName]::new('Dynamic')
            `$type = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly(`$name, 'Run').
                DefineDynamicModule('Dynamic').DefineType('FromBuilder', 'Public, Class')
            `$code = `$type.DefineMethod('Load', 'Public, Static', [object], @()).GetILGenerator()
            `$code.Emit([System.Reflection.Emit.OpCodes]::Ldstr, 'CsvHelper')
            `$code.Emit([System.Reflection.Emit.OpCodes]::Call, `$load)
            `$code.Emit([System.Reflection.Emit.OpCodes]::Ret)
            foreach (`$each in [FromBytes], `$type.CreateType()) {
                try { `$each::Load() } catch { `$_.Exception.GetBaseException().GetType().Name }
            }
"@ | Should -Be @('FileNotFoundException', 'FileNotFoundException')
    }
}
