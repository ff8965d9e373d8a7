# The tasks ValidateSbom, Verify, Reproduce, ReleaseNotes and Publish of build.ps1, which reads this file.

# Validates the SBOM and the hashes of the files in the package.
function Test-Sbom {
    $report = Join-Path -Path $artifacts -ChildPath 'sbom-validation.json'
    Remove-Item -LiteralPath $report -ErrorAction Ignore
    Push-Location -LiteralPath 'tests'
    try {
        Invoke-DotNet -Argument 'tool', 'restore'
        # The log is long, and the exit code is 0 also for an invalid SBOM.
        $log = & dotnet sbom-tool validate -b $packed -o $report -mi SPDX:2.2 -V Error 2>&1
    }
    finally {
        Pop-Location
    }
    if (-not (Test-Path -LiteralPath $report)) {
        throw "The SBOM cannot be read: $($log -match 'error' -join ' ')"
    }
    $validation = Get-Content -LiteralPath $report -Raw | ConvertFrom-Json
    if ($validation.Result -ne 'Success') {
        throw "The SBOM is invalid: $($validation.ValidationErrors.Errors | Out-String)"
    }
    Write-Output -InputObject "The SBOM is valid: $($validation.Summary.ValidationTelemetery.FilesValidatedCount) files"
}

# Reads the id, version and address of a package, and the commit, which the compiler adds to the version of an assembly.
function Read-Package {
    param([string] $Path)
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $archive = [System.IO.Compression.ZipFile]::OpenRead($Path)
    $file = [System.IO.Path]::GetTempFileName()
    try {
        $reader = [System.IO.StreamReader]::new($archive.Entries.Where{ $_.FullName -like '*.nuspec' }[0].Open())
        $metadata = ([xml] $reader.ReadToEnd()).package.metadata
        $entry = $archive.Entries.Where{ $_.Name -eq "$($metadata.id).dll" }[0]
        [System.IO.Compression.ZipFileExtensions]::ExtractToFile($entry, $file, $true)
        [pscustomobject]@{
            Id            = $metadata.id
            Version       = $metadata.version
            RepositoryUrl = $metadata.GetElementsByTagName('projectUrl').ForEach{ $_.InnerText } -join ''
            Commit        = ([System.Diagnostics.FileVersionInfo]::GetVersionInfo($file).ProductVersion -split '\+')[1]
        }
    }
    finally {
        $archive.Dispose()
        Remove-Item -LiteralPath $file
    }
}

# Creates a package in a new clone of the repository, and returns its path. The variables are those of the build.
function Invoke-CleanBuild {
    param([string] $Folder, [string] $Commit, [string] $Url, [string] $BuildTask = 'Package', [hashtable] $Variable = @{})
    Invoke-Git -Argument 'clone', '--quiet', '--no-checkout', (Get-Location).Path, $Folder
    Invoke-Git -Argument '-C', $Folder, 'checkout', '--quiet', '--detach', $Commit

    $variables = @{ LINKEDINEXPORTS_CERTIFICATE = $null } + $Variable
    $before = @{}
    foreach ($name in $variables.Keys) {
        $before[$name] = [System.Environment]::GetEnvironmentVariable($name)
        [System.Environment]::SetEnvironmentVariable($name, $variables[$name])
    }
    try {
        $command = @($shell, '-NoProfile', '-NonInteractive', '-File', "$Folder/build.ps1", '-Task', $BuildTask,
            '-RepositoryUrl', $Url)
        $umask = $Variable['UMASK']
        if ($umask) {
            & sh -c 'umask $UMASK && exec "$@"' sh @command | Out-Host
        }
        else {
            $command, $arguments = $command
            & $command @arguments | Out-Host
        }
        if ($LASTEXITCODE -ne 0) {
            throw "The build of $Commit failed."
        }
    }
    finally {
        foreach ($name in $before.Keys) {
            [System.Environment]::SetEnvironmentVariable($name, $before[$name])
        }
    }
    (Get-Item -Path "$Folder/artifacts/package/*.nupkg").FullName
}

function Invoke-Git {
    param([string[]] $Argument)
    & git @Argument
    if ($LASTEXITCODE -ne 0) {
        throw "git $($Argument -join ' ') ended with exit code $LASTEXITCODE."
    }
}

# Compares two packages file by file. Throws with the differences.
function Compare-Package {
    param([string] $Path, [string] $Rebuilt)
    $hash, $rebuiltHash = (Get-FileHash -LiteralPath $Path, $Rebuilt).Hash
    Write-Output -InputObject "SHA-256 of the package:         $hash"
    Write-Output -InputObject "SHA-256 of the rebuilt package: $rebuiltHash"
    if ($hash -eq $rebuiltHash) {
        Write-Output -InputObject 'The packages are identical.'
        return
    }
    & dotnet run --project src/LinkedInExports.PackageBuilder --configuration $Configuration -- compare $Path $Rebuilt | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "$Path is different from the package that was rebuilt from its commit."
    }
    Write-Output -InputObject 'All files of the packages are the same, except for signatures.'
}

# Gets the address to rebuild a package with: that of -RepositoryUrl or of this clone. The package is not trusted: its address
# must be the same, or empty.
function Get-VerifiedUrl {
    param([string] $Url)
    $expected = if ($RepositoryUrl) { $RepositoryUrl } else {
        ((& git remote get-url origin) -replace '^(ssh://)?git@([^:/]+)[:/]', 'https://$2/') -replace '\.git$'
    }
    if ($Url -and $Url -cne $expected) {
        throw "The package has the address '$Url', and the repository is '$expected'. If it has several, specify -RepositoryUrl."
    }
    $Url
}

# Rebuilds a package from the commit that it names, and compares it.
function Invoke-Verification {
    param([string] $Path)
    if (-not $Path) {
        throw 'Specify the .nupkg file: ./build.ps1 -Task Verify -Package <path>'
    }
    $content = Read-Package -Path $Path
    $commit = $content.Commit
    $tag = "v$($content.Version)"
    $url = Get-VerifiedUrl -Url $content.RepositoryUrl
    $isCommit = $commit -match '^[0-9a-f]{40}$'
    if ($isCommit) { & git cat-file -e "$commit^{commit}" }
    if (-not $isCommit -or $LASTEXITCODE -ne 0) {
        throw "The package was built from the commit '$commit', which is not in this repository. Run git fetch --tags."
    }
    $tagged = & git rev-parse --verify --quiet "refs/tags/$tag^{commit}"
    if ($tagged -and $tagged -ne $commit) {
        throw "The package was built from the commit $commit, but the tag $tag is at $tagged."
    }
    if (-not $tagged -and -not $AllowUntagged) {
        throw "There is no tag $tag. Run git fetch --tags, or specify -AllowUntagged to compare with the commit $commit."
    }
    $folder = Get-TemporaryPath
    try {
        $buildTask = if ($content.Id -eq 'LinkedInExports') { 'Package' } else { 'PackageTool' }
        $rebuilt = Invoke-CleanBuild -Folder "$folder/clone" -Commit $commit -Url $url -BuildTask $buildTask
        Compare-Package -Path $Path -Rebuilt $rebuilt
    }
    finally {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }
}

# Creates the package in two clones with different paths, cultures, time zones, package caches and permissions.
function Invoke-Reproduction {
    $commit = & git rev-parse HEAD
    $url = (Get-BuildFact).RepositoryUrl
    $folder = Get-TemporaryPath
    $variables = @{
        LC_ALL                  = 'tr_TR.UTF-8'
        LANG                    = 'tr_TR.UTF-8'
        TZ                      = 'Pacific/Kiritimati'
        USER                    = 'another'
        USERNAME                = 'another'
        NUGET_PACKAGES          = "$folder/packages"
        DOTNET_CLI_HOME         = "$folder/home"
        # A running process of MSBuild or of the compiler has other settings.
        MSBUILDDISABLENODEREUSE = '1'
        UseSharedCompilation    = 'false'
        UMASK                   = if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) { '077' }
    }
    try {
        $first = Invoke-CleanBuild -Folder "$folder/clone" -Commit $commit -Url $url
        $second = Invoke-CleanBuild -Folder "$folder/another folder/repository" -Commit $commit -Url $url -Variable $variables
        Compare-Package -Path $first -Rebuilt $second
        if ((Get-FileHash -LiteralPath $first).Hash -ne (Get-FileHash -LiteralPath $second).Hash) {
            throw 'The packages have the same files, but are not identical.'
        }
    }
    finally {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }
}

function Get-TemporaryPath {
    Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "linkedinexports-$([guid]::NewGuid())"
}

# Writes the notes of the release, with the hashes of its files. Throws if the tag of the version is missing.
function Write-ReleaseNote {
    $tags = & git tag --points-at HEAD
    if ($tags -notcontains "v$version") {
        throw "The current commit doesn't have the tag v$version."
    }
    $files = Get-ChildItem -Path (Join-Path -Path $packages -ChildPath '*.nupkg') | Sort-Object -Property Name
    $hashes = foreach ($file in $files) {
        '{0}  {1}' -f (Get-FileHash -LiteralPath $file.FullName).Hash.ToLowerInvariant(), $file.Name
    }
    $hashes | Set-Content -LiteralPath (Join-Path -Path $packages -ChildPath 'SHA256SUMS')
    Copy-Item -LiteralPath (Join-Path -Path $packed -ChildPath '_manifest/spdx_2.2/manifest.spdx.json') -Destination (
        Join-Path -Path $packages -ChildPath 'LinkedInExports.spdx.json')
    $notes = @(Get-ReleaseNote; ''; '## SHA-256'; ''; '```'; $hashes; '```')
    $notes | Set-Content -LiteralPath (Join-Path -Path $packages -ChildPath 'RELEASE-NOTES.md') -Encoding utf8
    Write-Output -InputObject $notes
}

# Publishes the tested file to a repository of PSResourceGet.
function Publish-Package {
    if (-not (Find-BuildModule -Name Microsoft.PowerShell.PSResourceGet -MinimumVersion 1.1 -MaximumVersion 1.99)) {
        throw 'Publish requires PSResourceGet 1.1 or later.'
    }
    # After a failure of a later step, the workflow is repeated.
    if (Find-PSResource -Name LinkedInExports -Version $version -Repository $Repository -ErrorAction Ignore) {
        Write-Output -InputObject "LinkedInExports $version is already in $Repository."
        return
    }
    $options = @{ NupkgPath = $nupkg; Repository = $Repository }
    if ($env:LINKEDINEXPORTS_API_KEY) {
        $options.ApiKey = $env:LINKEDINEXPORTS_API_KEY
    }
    Publish-PSResource @options
}
