# Functions of the runbooks that divide resumes among processes or machines. For Windows PowerShell 5.1 and PowerShell 7.
Set-StrictMode -Version Latest

# The module rejects ids that do not fit into a query of 4,000 bytes.
$script:MaxIdLength = 4000

# The minimum of Connect-LinkedIn -RequestsPerDay.
$script:RequestsPerResume = 3

$script:Sha256 = [System.Security.Cryptography.SHA256]::Create()

<#
.SYNOPSIS
Gets the number of the part of a candidate, from 0. It is the same in every PowerShell and on every machine.
#>
function Get-CandidatePart {
    [CmdletBinding()]
    [OutputType([int])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $CandidateId,
        [Parameter(Mandatory = $true)] [int] $PartCount
    )

    $hash = Get-Sha256 -Text $CandidateId
    [int] (([long] $hash[0] * 16777216 + [long] $hash[1] * 65536 + [long] $hash[2] * 256 + $hash[3]) % $PartCount)
}

<#
.SYNOPSIS
Whether an id of a candidate or resume is valid, by the rules of Sync-CandidateResume for text that was read from a file. The
exact maximum length depends on the encoding of the other id.
#>
function Test-ResumeId {
    [CmdletBinding()]
    [OutputType([bool])]
    param([Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $Id)

    -not [string]::IsNullOrWhiteSpace($Id) -and $Id -notmatch '\p{Cc}' -and $Id.Length -le $script:MaxIdLength
}

<#
.SYNOPSIS
Whether the processes of this user share LinkedIn's quotas through a file, so that the quotas are not divided among them.
#>
function Test-SharedQuota {
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    [bool] (Get-UserDataFolder)
}

<#
.SYNOPSIS
Gets the requests per day of each machine, and fails if they are not enough for a resume.
#>
function Get-RequestShare {
    [CmdletBinding()]
    [OutputType([int])]
    param(
        [Parameter(Mandatory = $true)] [int] $RequestsPerDay,
        [Parameter(Mandatory = $true)] [int] $Count,
        [Parameter(Mandatory = $true)] [string] $Parameter
    )

    $share = [System.Math]::Floor($RequestsPerDay / $Count)
    if ($share -lt $script:RequestsPerResume) {
        throw "-RequestsPerDay $RequestsPerDay is too low for $Count shares (${Parameter}): each share needs at least the " +
            "$script:RequestsPerResume requests of a resume. Specify at least $($script:RequestsPerResume * $Count) requests, " +
            "or reduce $Parameter."
    }
    [int] $share
}

<#
.SYNOPSIS
Gets the path of the lock of a synchronization on other machines, which is different for each user, ledger and list of machines.
#>
function Get-FanOutLockPath {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] [string] $LedgerPath,
        [Parameter(Mandatory = $true)] [string] $IntegrationContext,
        [Parameter(Mandatory = $true)] [string[]] $Machine
    )

    # Users share the temporary folder on Linux, and one user cannot open the file of another.
    $owner = "$([System.Environment]::UserDomainName)\$([System.Environment]::UserName)"
    $hash = Get-Sha256 -Text (@($owner, $LedgerPath, $IntegrationContext) + $Machine -join "`n")
    $name = 'resume-fan-out-{0}.lock' -f [System.BitConverter]::ToString($hash, 0, 8).Replace('-', '').ToLowerInvariant()

    # The module creates the folder with access for this user only, so this function does not create it.
    $folder = Get-UserDataFolder
    if (-not $folder -or -not (Test-Path -LiteralPath $folder -PathType Container)) { $folder = [System.IO.Path]::GetTempPath() }
    Join-Path -Path $folder -ChildPath $name
}

# Gets the folder in which the module stores the data of a user, which may not exist. No output without one.
function Get-UserDataFolder {
    $folder = "$env:LINKEDINEXPORTS_DATA".Trim()
    if ($folder) {
        if ($folder -ne 'off') { [System.IO.Path]::GetFullPath($folder) }
        return
    }
    $parent = [System.Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')
    if ($parent) { Join-Path -Path $parent -ChildPath 'LinkedInExports' }
}

function Get-Sha256([string] $Text) {
    , $script:Sha256.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($Text))
}

Export-ModuleMember -Function Get-CandidatePart, Test-ResumeId, Test-SharedQuota, Get-RequestShare, Get-FanOutLockPath
