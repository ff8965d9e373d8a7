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
