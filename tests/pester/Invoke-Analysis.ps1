# Runs PSScriptAnalyzer with the settings of the Gallery on all scripts of the repository. Scripts for Windows PowerShell are also
# checked for syntax that it does not have. Throws when there is a finding.
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
$forDesktop = 'LinkedInExports.psd1', 'build.ps1', 'build/Package.ps1', 'build/Release.ps1', 'module/LinkedInExports.psm1',
'module/LinkedInExports.Types.psd1', 'tests/pester/Invoke-Suite.ps1', 'tests/pester/Smoke.Tests.ps1',
'tests/pester/Support.psm1'
$forDesktop += (Get-ChildItem -Path "$root/module/runbooks" -File).Name | ForEach-Object { "module/runbooks/$_" }
$language = @{ Rules = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1', '7.4') } } }

$scripts = Get-ChildItem -LiteralPath $root -Recurse -File -Include '*.ps1', '*.psm1', '*.psd1' |
    Where-Object { $_.FullName.Substring($root.Length) -notmatch '[\\/](bin|obj|artifacts)[\\/]' }
# The blocks of a test file share variables, which the first rule does not detect. Functions of tests need no -WhatIf.
$notForTests = 'PSUseDeclaredVarsMoreThanAssignments', 'PSUseShouldProcessForStateChangingFunctions'
# The analyzer would look for each command in all folders of the path.
$path, $env:PATH = $env:PATH, ''
try {
    $findings = @(
        foreach ($script in $scripts) {
            $found = Invoke-ScriptAnalyzer -Path $script.FullName -Settings PSGallery -Severity Warning, Error
            if ($script.DirectoryName -eq $PSScriptRoot) { $found | Where-Object RuleName -NotIn $notForTests } else { $found }
        }
        $forDesktop | ForEach-Object {
            $script = Join-Path -Path $root -ChildPath $_
            Invoke-ScriptAnalyzer -Path $script -Settings $language -IncludeRule PSUseCompatibleSyntax
        }
    )
}
finally {
    $env:PATH = $path
}
foreach ($finding in $findings) {
    '{0}:{1} {2}: {3}' -f $finding.ScriptPath, $finding.Line, $finding.RuleName, $finding.Message
}
if ($findings.Count) { throw "PSScriptAnalyzer has $($findings.Count) findings." }
"PSScriptAnalyzer: $(@($scripts).Count) scripts, no findings."
