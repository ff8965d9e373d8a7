BeforeDiscovery {
    $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
    $pages = Get-ChildItem -Path "$root/docs/en-US/*-*.md" | ForEach-Object BaseName
    $hasPlatyPS = [bool] (Get-Module -ListAvailable -Name Microsoft.PowerShell.PlatyPS)
    $texts = @(Get-ChildItem -Path "$root/docs/en-US/*.md") + @(Get-Item -LiteralPath "$root/README.md") | ForEach-Object FullName
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $source = (Resolve-Path -LiteralPath "$PSScriptRoot/../../docs/en-US").Path

    # The blocks of a Markdown file that a reader would type.
    function Get-PowerShellBlock([string] $Path) {
        [regex]::Matches((Get-Content -Raw -LiteralPath $Path), '(?ms)^```powershell\r?\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value }
    }
}

Describe 'Help of <_>' -ForEach $pages {
    BeforeAll {
        $command = Get-Command -Name $_
        $help = Get-Help -Name $_ -Full
        $markdown = Get-Content -Raw -LiteralPath "$source/$_.md"
    }

    It 'is what people wrote, not what PowerShell makes of the syntax' {
        $markdown | Should -Match "(?m)^## SYNOPSIS\r?\n\r?\n$([regex]::Escape($help.Synopsis))\r?$"
        $help.description[0].Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        $help | Out-String | Should -Not -Match '\{\{'
        Get-Help -Name $command.Name -Examples | Out-String | Should -Match 'Example 2'
    }

    It 'has the syntax that PowerShell has' {
        $syntax = [regex]::Match($markdown, '(?ms)^## SYNTAX(.*?)^## ').Value
        $written = [regex]::Matches($syntax, '(?ms)^```\r?\n(.*?)\r?\n```').ForEach{ $_.Groups[1].Value -replace '\s+', ' ' }
        $visible = $command.ParameterSets | Sort-Object -Property { -not $_.IsDefault } -Stable
        $written | Should -Be $visible.ForEach{ "$($command.Name) $_" }
    }

    It 'describes every parameter' {
        foreach ($parameter in $command.Parameters.Values) {
            $isCommon = $parameter.Name -in [System.Management.Automation.PSCmdlet]::CommonParameters
            $isHidden = $parameter.ParameterSets.Values.Where{ $_ }.Count -and $parameter.Attributes.Where{ $_ -is [Parameter] -and $_.DontShow }
            if ($isCommon -or $isHidden) { continue }
            $text = Get-Help -Name $command.Name -Parameter $parameter.Name
            $text.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
            $aliases = if ($parameter.Aliases.Count) { $parameter.Aliases -join ', ' } else { 'none' }
            $text.aliases | Should -Be $aliases
            $text.globbing | Should -Be ([bool] $parameter.Attributes.Where{ $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }).ToString().ToLowerInvariant()
        }
    }

    It 'states the default values that hold' {
        $instance = $command.ImplementingType.GetConstructor(@()).Invoke(@())
        try {
            foreach ($parameter in $command.Parameters.Values.Where{ $_.ParameterType.IsValueType -and $_.ParameterType -ne [switch] }) {
                $property = $command.ImplementingType.GetProperty($parameter.Name)
                $isMandatory = $parameter.ParameterSets.Values.Where{ $_.IsMandatory }.Count
                if (-not $property -or $isMandatory -or [System.Nullable]::GetUnderlyingType($parameter.ParameterType)) { continue }
                (Get-Help -Name $command.Name -Parameter $parameter.Name).defaultValue | Should -Be "$($property.GetValue($instance))" -Because $parameter.Name
            }
        }
        finally {
            if ($instance -is [System.IDisposable]) { $instance.Dispose() }
        }
    }

    It 'follows the schema of PlatyPS (skipped when Microsoft.PowerShell.PlatyPS is missing)' -Skip:(-not $hasPlatyPS) {
        Import-Module -Name Microsoft.PowerShell.PlatyPS
        $result = Test-MarkdownCommandHelp -Path "$source/$($command.Name).md" -DetailView
        $result.IsValid | Should -BeTrue -Because ($result.Messages -join '; ')
    }

    # PowerShell 7.6 is the first that shows it.
    It 'shows the first sentence when a parameter is completed' -Skip:($PSVersionTable.PSVersion -lt [version] '7.6') {
        foreach ($parameter in $command.Parameters.Values.Where{ $_.Attributes.HelpMessage }) {
            $line = "$($command.Name) -$($parameter.Name)"
            $found = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches | Where-Object CompletionText -EQ "-$($parameter.Name)"
            $first = @((Get-Help -Name $command.Name -Parameter $parameter.Name).description.Text)[0]
            $shown = ($found.ToolTip -split " $($parameter.Name) - ", 2)[1]
            $shown | Should -Not -BeNullOrEmpty -Because $line
            $first.StartsWith($shown) | Should -BeTrue -Because "$line shows '$shown'"
        }
    }

    It 'has an address for -Online' {
        $command.HelpUri | Should -BeLike 'https://*'
        $help.relatedLinks.navigationLink[0].uri | Should -Be $command.HelpUri
    }
}

Describe 'Topics' {
    It 'are found: <_>' -ForEach 'about_LinkedInExports', 'about_LinkedInExports_Errors', 'about_LinkedInExports_Limits', 'about_LinkedInExports_Unattended' {
        Get-Help -Name $_ | Should -Match "^TOPIC\r?\n    $_"
    }

    It 'name every error that the module has' {
        $text = Get-Help -Name about_LinkedInExports_Errors
        [enum]::GetNames([LinkedInExports.LinkedInErrorId]) | ForEach-Object { $text | Should -Match "(?m)^  $_\r?$" }
    }

    It 'are found with the build for Windows PowerShell too' {
        # Beside its dll, or at the root of a package, where one copy is enough for both.
        $root = Split-Path -Path $manifest
        "$root/module/bin/netstandard2.0/en-US", "$root/en-US" | Where-Object { Test-Path -LiteralPath "$_/about_LinkedInExports.help.txt" } | Should -Not -BeNullOrEmpty
    }
}
