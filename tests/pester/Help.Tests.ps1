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

Describe 'Examples' {
    It 'are PowerShell, with parameters that exist: <_>' -ForEach $texts {
        foreach ($block in Get-PowerShellBlock -Path $_) {
            $problems = $null
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($block, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty -Because $block
            foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                $name = $call.GetCommandName()
                if (-not $name) { continue } # A script, by a path that is known when it runs.
                $command = Get-Command -Name $name -ErrorAction Ignore
                if (-not $command) {
                    $name | Should -BeIn 'Get-Secret', 'Set-Secret', 'gh', 'dotnet', 'Install-PSResource'
                    continue
                }
                foreach ($parameter in $call.CommandElements.Where{ $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                    { $command.ResolveParameter($parameter.ParameterName) } | Should -Not -Throw -Because "$name -$($parameter.ParameterName)"
                }
            }
        }
    }

    It 'run: <_>' -ForEach $pages {
        # Nobody is here for a browser.
        $blocks = @((Get-PowerShellBlock -Path "$source/$_.md" | Where-Object { $_ -notmatch '-Interactive' }) -replace ' -Open\b')
        $folder = New-Item -ItemType Directory -Path "$TestDrive/$_"
        # Under its own name on the module path, as for a reader who has installed it.
        $null = New-Item -ItemType Directory -Path "$folder/modules"
        $null = New-Item -ItemType $(if ($IsWindows) { 'Junction' } else { 'SymbolicLink' }) -Path "$folder/modules/LinkedInExports" -Value (Split-Path -Path $manifest)
        $blocks | ConvertTo-Json -AsArray | Set-Content -LiteralPath "$folder/blocks.json"
        $emulator = Start-Emulator -Option @{ 'first-job-id' = 5120; 'first-analytics-job-id' = 880021; 'client-secret' = 'only a test'; 'refresh-token' = 'member' }
        try {
            # What a reader of the examples has at hand: a vault, an earlier job, files of earlier exports.
            $lines = Invoke-NewShell -Emulator $emulator -Script @"
                `$ErrorActionPreference = 'Stop'
                Set-Location -LiteralPath '$folder'
                `$env:PSModulePath = '$folder/modules' + [System.IO.Path]::PathSeparator + `$env:PSModulePath
                Import-Module LinkedInExports
                function Get-Credential { [pscredential]::new('78emulatorclient', (ConvertTo-SecureString 'only a test' -AsPlainText -Force)) }
                function Get-Secret(`$Name) { if (`$Name -eq 'LinkedInApp') { Get-Credential } else { ConvertTo-SecureString member -AsPlainText -Force } }
                function Set-Secret(`$Name, [securestring] `$SecureStringSecret) { if (-not `$SecureStringSecret) { throw 'no secret' } }
                `$PSDefaultParameterValues = @{
                    'Connect-LinkedIn:BaseUri' = '$($emulator.BaseUri)'; 'Connect-LinkedIn:TokenUri' = '$($emulator.Url)/oauth/v2/accessToken'
                }
                Connect-LinkedIn -ClientCredential (Get-Credential)
                `$last = New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt 2025-01-01 | Wait-ExportJob
                `$last | Export-Clixml last.xml
                `$jobs = New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-02 | Wait-ExportJob
                `$jobs | Export-Clixml jobs.xml
                `$null = `$last, `$jobs | Save-ExportFile -Destination exports
                `$job = `$last
                `$seats = New-SalesAnalyticsExportJob 7001 Seat -StartAt 2025-01-01 -EndAt 2025-01-02 | Wait-ExportJob
                foreach (`$folder in 'march', 'april', 'monday', 'tuesday', 'old') { `$null = `$last, `$seats | Save-ExportFile -Destination `$folder }
                Remove-Item -Path old/seat-*
                Import-ExportFile exports/crm-validation-*.csv | Select-Object @{ n = 'Id'; e = 'CrmId' }, @{ n = 'Owner'; e = { 'Ana' } } | Export-Csv crm-contacts.csv
                `$null = New-Item -ItemType Directory resumes
                foreach (`$id in 100, 200) { "%PDF-1.4 `$id" | Set-Content "resumes/C-`$id.pdf" }
                100, 200 | ForEach-Object { [pscustomobject]@{ CandidateId = "C-`$_"; ResumeId = "R-`$_"; CreatedAt = '2025-01-01'; Path = "resumes/C-`$_.pdf" } } | Export-Csv candidates.csv
                Import-Csv candidates.csv | Select-Object CandidateId, ResumeId -Last 1 | Export-Csv withdrawn.csv
                [System.IO.File]::WriteAllText("`$PWD/seats.csv", "seatId;name``n7;M$([char] 0xFC)ller", [System.Text.Encoding]::GetEncoding('iso-8859-1'))
                `$null = Import-Csv candidates.csv | Sync-CandidateResume -Contract 7001 -IntegrationContext 1234567890 -LedgerPath resume-sync
                foreach (`$block in Get-Content -Raw blocks.json | ConvertFrom-Json) {
                    `$Error.Clear()
                    try { & ([scriptblock]::Create(`$block)) *> `$null } catch { `$null = `$_ }
                    if (`$Error.Count) { "`$block FAILED: `$(`$Error | ForEach-Object { `$_.ToString() })" }
                    if (-not (Get-LinkedInConnection)) { Connect-LinkedIn -ClientCredential (Get-Credential) }
                }
                "ran `$((Get-Content -Raw blocks.json | ConvertFrom-Json).Count)"
"@
            @($lines) -match 'FAILED' | Should -BeNullOrEmpty
            @($lines)[-1] | Should -Be "ran $($blocks.Count)"
        }
        finally {
            Stop-Emulator $emulator
        }
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
