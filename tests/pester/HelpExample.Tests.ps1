BeforeDiscovery {
    $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
    $pages = Get-ChildItem -Path "$root/docs/en-US/*-*.md" | ForEach-Object BaseName
    $texts = @(Get-ChildItem -Path "$root/docs/en-US/*.md") + @(Get-Item -LiteralPath "$root/README.md") | ForEach-Object FullName
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $source = (Resolve-Path -LiteralPath "$PSScriptRoot/../../docs/en-US").Path

    # Gets the PowerShell blocks of a Markdown file.
    function Get-PowerShellBlock([string] $Path) {
        [regex]::Matches((Get-Content -Raw -LiteralPath $Path), '(?ms)^```powershell\r?\n(.*?)^```') |
            ForEach-Object { $_.Groups[1].Value }
    }
}

Describe 'Examples' {
    It 'have existing parameters in <_>' -ForEach $texts {
        foreach ($block in Get-PowerShellBlock -Path $_) {
            $problems = $null
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($block, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty -Because $block
            foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                $name = $call.GetCommandName()
                if (-not $name) { continue } # The path of a script in a variable.
                $command = Get-Command -Name $name -ErrorAction Ignore
                if (-not $command) {
                    $name | Should -BeIn 'Get-Secret', 'Set-Secret', 'gh', 'dotnet', 'Install-PSResource'
                    continue
                }
                $parameters = $call.CommandElements.Where{ $_ -is [System.Management.Automation.Language.CommandParameterAst] }
                foreach ($parameter in $parameters) {
                    { $command.ResolveParameter($parameter.ParameterName) } |
                        Should -Not -Throw -Because "$name -$($parameter.ParameterName)"
                }
            }
        }
    }

    Context 'in a shell' {
        BeforeAll {
            # All pages share one shell and one emulator, because starting them takes longer than the examples. Each page has its
            # own copy of the folder that a reader would have.
            $blocks = @{}
            foreach ($page in Get-ChildItem -Path "$source/*-*.md") {
                # A test has no browser.
                $typed = Get-PowerShellBlock -Path $page.FullName | Where-Object { $_ -notmatch '-Interactive' }
                $blocks[$page.BaseName] = @($typed -replace ' -Open\b')
            }
            $blocks | ConvertTo-Json | Set-Content -LiteralPath "$TestDrive/blocks.json"
            # On the module path, as after an installation.
            $null = New-Item -ItemType Directory -Path "$TestDrive/modules/LinkedInExports", "$TestDrive/prepared"
            $installed = "$TestDrive/modules/LinkedInExports"
            Copy-Item -Path $manifest, "$(Split-Path -Path $manifest)/module" -Destination $installed -Recurse
            $emulator = Start-Emulator -Option @{
                'first-job-id'           = 5120
                'first-analytics-job-id' = 880021
                'client-secret'          = 'only a test'
                'refresh-token'          = 'member'
            }
            # What a reader of the examples has: a vault, an earlier job, files of earlier exports.
            $prepare = @"
                `$ErrorActionPreference = 'Stop'
                Set-Location -LiteralPath '$TestDrive/prepared'
                `$env:PSModulePath = '$TestDrive/modules' + [System.IO.Path]::PathSeparator + `$env:PSModulePath
                Import-Module LinkedInExports
                function Get-Credential {
                    [pscredential]::new('78emulatorclient', (ConvertTo-SecureString 'only a test' -AsPlainText -Force))
                }
                `$stored = @{}
                function Get-Secret(`$Name) {
                    if (`$stored[`$Name]) { return `$stored[`$Name] }
                    if (`$Name -eq 'LinkedInApp') { Get-Credential } else { ConvertTo-SecureString member -AsPlainText -Force }
                }
                function Set-Secret(`$Name, [securestring] `$SecureStringSecret, `$Secret) {
                    if (-not `$SecureStringSecret -and -not `$Secret) { throw 'no secret' }
                    `$stored[`$Name] = if (`$Secret) { `$Secret } else { `$SecureStringSecret }
                }
                `$PSDefaultParameterValues = @{
                    'Connect-LinkedIn:BaseUri'  = '$($emulator.BaseUri)'
                    'Connect-LinkedIn:TokenUri' = '$($emulator.Url)/oauth/v2/accessToken'
                }
                Connect-LinkedIn -ClientCredential (Get-Credential)
                `$last = New-CrmValidationExportJob '$(Get-CrmInstance)' -ExportStartAt 2025-01-01 | Wait-ExportJob
                `$last | Export-Clixml last.xml
                `$jobs = New-SalesAnalyticsExportJob 7001 Activity -StartAt 2025-01-01 -EndAt 2025-01-02 | Wait-ExportJob
                `$jobs | Export-Clixml jobs.xml
                `$null = `$last, `$jobs | Save-ExportFile -Destination exports
                `$job = `$last
                `$seats = New-SalesAnalyticsExportJob 7001 Seat -StartAt 2025-01-01 -EndAt 2025-01-02 | Wait-ExportJob
                foreach (`$folder in 'march', 'april', 'monday', 'tuesday', 'old') {
                    `$null = `$last, `$seats | Save-ExportFile -Destination `$folder
                }
                Remove-Item -Path old/seat-*
                Import-ExportFile exports/crm-validation-*.csv |
                    Select-Object @{ n = 'Id'; e = 'CrmId' }, @{ n = 'Owner'; e = { 'Ana' } } | Export-Csv crm-contacts.csv
                `$null = New-Item -ItemType Directory resumes
                100, 200 | ForEach-Object {
                    "%PDF-1.4 `$_" | Set-Content "resumes/C-`$_.pdf"
                    [pscustomobject]@{
                        CandidateId = "C-`$_"
                        ResumeId    = "R-`$_"
                        CreatedAt   = '2025-01-01'
                        Path        = "resumes/C-`$_.pdf"
                    }
                } | Export-Csv candidates.csv
                Import-Csv candidates.csv | Select-Object CandidateId, ResumeId -Last 1 | Export-Csv withdrawn.csv
                `$latin1 = [System.Text.Encoding]::GetEncoding('iso-8859-1')
                [System.IO.File]::WriteAllText("`$PWD/seats.csv", "seatId;name``n7;M$([char] 0xFC)ller", `$latin1)
                `$null = Import-Csv candidates.csv |
                    Sync-CandidateResume -Contract 7001 -IntegrationContext 1234567890 -LedgerPath resume-sync
"@
            $run = @"
                `$pages = Get-Content -Raw '$TestDrive/blocks.json' | ConvertFrom-Json -AsHashtable
                foreach (`$page in `$pages.Keys) {
                    Copy-Item -LiteralPath '$TestDrive/prepared' -Destination "$TestDrive/`$page" -Recurse
                    Set-Location -LiteralPath "$TestDrive/`$page"
                    foreach (`$block in `$pages[`$page]) {
                        Connect-LinkedIn -ClientCredential (Get-Credential)
                        `$Error.Clear()
                        try { & ([scriptblock]::Create(`$block)) *> `$null } catch { `$null = `$_ }
                        [pscustomobject]@{ Page = `$page; Block = `$block; Errors = @(`$Error | ForEach-Object { "`$_" }) } |
                            ConvertTo-Json -Compress
                    }
                }
"@
            try {
                # The examples with -WhatIf write other lines.
                $results = @(Invoke-NewShell -Emulator $emulator -Script "$prepare`n$run" | Where-Object { $_ -like '{*' } |
                    ConvertFrom-Json)
            }
            finally {
                Stop-Emulator $emulator
            }
        }

        It 'run without errors on the page of <_>' -ForEach $pages {
            $ran = @($results | Where-Object Page -EQ $_)
            foreach ($result in $ran) { $result.Errors | Should -BeNullOrEmpty -Because $result.Block }
            $ran.Count | Should -Be $blocks[$_].Count
        }
    }
}
