BeforeDiscovery {
    $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
    $pages = Get-ChildItem -Path "$root/docs/en-US/*-*.md" | ForEach-Object BaseName
    $hasPlatyPS = [bool] (Get-Module -ListAvailable -Name Microsoft.PowerShell.PlatyPS)
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $source = (Resolve-Path -LiteralPath "$PSScriptRoot/../../docs/en-US").Path
}

Describe 'Help of <_>' -ForEach $pages {
    BeforeAll {
        $command = Get-Command -Name $_
        $help = Get-Help -Name $_ -Full
        $described = @{}
        foreach ($parameter in $help.parameters.parameter) { $described[$parameter.name] = $parameter }
        $markdown = Get-Content -Raw -LiteralPath "$source/$_.md"
    }

    It 'has the synopsis, description and examples of the page' {
        $markdown | Should -Match "(?m)^## SYNOPSIS\r?\n\r?\n$([regex]::Escape($help.Synopsis))\r?$"
        $help.description[0].Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        $help | Out-String | Should -Not -Match '\{\{'
        Get-Help -Name $command.Name -Examples | Out-String | Should -Match 'Example 2'
    }

    It 'has the actual syntax' {
        $syntax = [regex]::Match($markdown, '(?ms)^## SYNTAX(.*?)^## ').Value
        $written = [regex]::Matches($syntax, '(?ms)^```\r?\n(.*?)\r?\n```').ForEach{ $_.Groups[1].Value -replace '\s+', ' ' }
        $visible = $command.ParameterSets | Sort-Object -Property { -not $_.IsDefault } -Stable
        $written | Should -Be $visible.ForEach{ "$($command.Name) $_" }
    }

    It 'describes every parameter' {
        foreach ($parameter in $command.Parameters.Values) {
            $isCommon = $parameter.Name -in [System.Management.Automation.PSCmdlet]::CommonParameters
            $isHidden = $parameter.ParameterSets.Values.Where{ $_ }.Count -and
                $parameter.Attributes.Where{ $_ -is [Parameter] -and $_.DontShow }
            if ($isCommon -or $isHidden) { continue }
            $text = $described[$parameter.Name]
            $text.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
            $aliases = if ($parameter.Aliases.Count) { $parameter.Aliases -join ', ' } else { 'none' }
            $text.aliases | Should -Be $aliases
            $wildcards = $parameter.Attributes.Where{ $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }
            $text.globbing | Should -Be ([bool] $wildcards).ToString().ToLowerInvariant()
        }
    }

    It 'has the actual default values' {
        $instance = $command.ImplementingType.GetConstructor(@()).Invoke(@())
        try {
            foreach ($parameter in $command.Parameters.Values) {
                if (-not $parameter.ParameterType.IsValueType -or $parameter.ParameterType -eq [switch]) { continue }
                $property = $command.ImplementingType.GetProperty($parameter.Name)
                $isMandatory = $parameter.ParameterSets.Values.Where{ $_.IsMandatory }.Count
                if (-not $property -or $isMandatory -or [System.Nullable]::GetUnderlyingType($parameter.ParameterType)) {
                    continue
                }
                $described[$parameter.Name].defaultValue |
                    Should -Be "$($property.GetValue($instance))" -Because $parameter.Name
            }
        }
        finally {
            if ($instance -is [System.IDisposable]) { $instance.Dispose() }
        }
    }

    It 'follows the schema of PlatyPS' -Skip:(-not $hasPlatyPS) {
        Import-Module -Name Microsoft.PowerShell.PlatyPS
        $result = Test-MarkdownCommandHelp -Path "$source/$($command.Name).md" -DetailView
        $result.IsValid | Should -BeTrue -Because ($result.Messages -join '; ')
    }

    # Earlier versions than PowerShell 7.6 have no tooltips of parameters.
    It 'has tooltips of parameters with the first sentence' -Skip:($PSVersionTable.PSVersion -lt [version] '7.6') {
        $line = "$($command.Name) -"
        $completed = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches
        foreach ($parameter in $command.Parameters.Values.Where{ $_.Attributes.HelpMessage }) {
            $name = $parameter.Name
            $tooltip = ($completed | Where-Object CompletionText -EQ "-$name").ToolTip
            $shown = ($tooltip -split " $name - ", 2)[1]
            $shown | Should -Not -BeNullOrEmpty -Because $name
            $first = @($described[$name].description.Text)[0]
            $first.StartsWith($shown) | Should -BeTrue -Because "$name has the tooltip '$shown'"
        }
    }

    It 'has an address for Get-Help -Online' {
        $command.HelpUri | Should -BeLike 'https://*'
        $help.relatedLinks.navigationLink[0].uri | Should -Be $command.HelpUri
    }
}

Describe 'Topics' {
    It 'are found by name: about_LinkedInExports<_>' -ForEach '', '_Errors', '_Limits', '_Unattended' {
        Get-Help -Name "about_LinkedInExports$_" | Should -Match "^TOPIC\r?\n    about_LinkedInExports$_"
    }

    It 'name every error of the module' {
        $text = Get-Help -Name about_LinkedInExports_Errors
        [enum]::GetNames([LinkedInExports.LinkedInErrorId]) | ForEach-Object { $text | Should -Match "(?m)^  $_\r?$" }
    }

    It 'are also in the build for Windows PowerShell' {
        # In the folder of its dll, or at the root of a package, which has one copy for both builds.
        $root = Split-Path -Path $manifest
        "$root/module/bin/netstandard2.0/en-US", "$root/en-US" |
            Where-Object { Test-Path -LiteralPath "$_/about_LinkedInExports.help.txt" } | Should -Not -BeNullOrEmpty
    }
}
