# Runs PSScriptAnalyzer with the settings of the Gallery on all scripts of the repository. The scripts that also run in Windows
# PowerShell, and the script blocks of the views, are checked for syntax, commands and types that it does not have. Throws when
# there is a finding.
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
$desktop = 'win-48_x64_10.0.17763.0_5.1.17763.316_x64_4.0.30319.42000_framework'
$compatible = @{
    IncludeRules = @('PSUseCompatibleSyntax')
    Rules        = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1', '7.4') } }
}
# An analyzer that was built from source can lack the data about other versions of PowerShell.
Import-Module -Name PSScriptAnalyzer
$hasProfile = Test-Path -Path "$((Get-Module -Name PSScriptAnalyzer).ModuleBase)/compatibility_profiles/$desktop.json"
if ($hasProfile) {
    foreach ($rule in 'PSUseCompatibleCommands', 'PSUseCompatibleTypes') {
        $compatible.IncludeRules += $rule
        $compatible.Rules[$rule] = @{ Enable = $true; TargetProfiles = @($desktop) }
    }
    # A command of PowerShellGet, which the data does not contain.
    $compatible.Rules.PSUseCompatibleCommands.IgnoreCommands = @('Save-Module')
}

$scripts = Get-ChildItem -LiteralPath $root | Where-Object Name -NE artifacts |
    Get-ChildItem -Recurse -File -Include '*.ps1', '*.psm1', '*.psd1' |
    Where-Object { $_.FullName.Substring($root.Length) -notmatch '[\\/](bin|obj)[\\/]' }
$forDesktop = Get-Item -Path (@('LinkedInExports.psd1', 'build.ps1', 'build/*.ps1', 'module/*.ps?1', 'module/runbooks/*',
        'tests/pester/Invoke-Suite.ps1', 'tests/pester/Support.psm1', 'tests/pester/support/*') |
        ForEach-Object { Join-Path -Path $root -ChildPath $_ })
$forDesktop += Get-Item -Path "$PSScriptRoot/*.Tests.ps1" |
    Where-Object { Select-String -Quiet -LiteralPath $_.FullName -Pattern '^#Requires -Version 5\.1' }
$blocks = Get-ChildItem -Path "$root/module/*.ps1xml" | ForEach-Object {
    ([xml] (Get-Content -LiteralPath $_.FullName -Raw)).SelectNodes('//ScriptBlock | //GetScriptBlock | //Script')
} | ForEach-Object InnerText
# The blocks of a test file share variables, which the first rule does not detect. Functions of tests need no -WhatIf.
$notForTests = 'PSUseDeclaredVarsMoreThanAssignments', 'PSUseShouldProcessForStateChangingFunctions'
# The analyzer would look for each command in all folders of the path.
$path, $env:PATH = $env:PATH, ''
try {
    $findings = @(
        foreach ($script in $scripts) {
            $found = Invoke-ScriptAnalyzer -Path $script.FullName -Settings PSGallery -Severity Warning, Error
            if ($script.FullName.StartsWith($PSScriptRoot)) { $found | Where-Object RuleName -NotIn $notForTests } else { $found }
        }
        foreach ($script in $forDesktop) { Invoke-ScriptAnalyzer -Path $script.FullName -Settings $compatible }
        foreach ($block in $blocks) { Invoke-ScriptAnalyzer -ScriptDefinition $block -Settings $compatible }
    )
}
finally {
    $env:PATH = $path
}
foreach ($finding in $findings) {
    $place = if ($finding.ScriptPath) { $finding.ScriptPath } else { "'$($finding.Extent.Text)'" }
    '{0}:{1} {2}: {3}' -f $place, $finding.Line, $finding.RuleName, $finding.Message
}
if ($findings.Count) { throw "PSScriptAnalyzer has $($findings.Count) findings." }
if (-not $hasProfile) { 'This PSScriptAnalyzer does not know the commands and types of Windows PowerShell.' }
"PSScriptAnalyzer: $(@($scripts).Count) scripts, $($blocks.Count) script blocks of views, no findings."
