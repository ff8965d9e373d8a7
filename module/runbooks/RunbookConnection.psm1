# The connection of the runbooks, with credentials of Azure Automation, a vault or the environment. For Windows PowerShell 5.1 and
# PowerShell 7.
Set-StrictMode -Version Latest
Import-Module -Name "$PSScriptRoot/RunbookLog.psm1" -ErrorAction Stop

<#
.SYNOPSIS
Connects with a named secret, or with the variables of the environment. Option has other parameters of Connect-LinkedIn.
#>
function Connect-Runbook {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [AllowEmptyString()] [string] $SecretName,
        [AllowEmptyString()] [string] $RefreshTokenName,
        [AllowNull()] [AllowEmptyCollection()] [string[]] $DownloadHost,
        [hashtable] $Option = @{}
    )

    $how = @{} + $Option
    if ($DownloadHost) { $how.DownloadHost = Split-RunbookList -Text $DownloadHost }
    if (-not $SecretName) {
        if ($RefreshTokenName) { throw '-RefreshTokenName requires -SecretName, which names the credential of the application.' }
        Connect-LinkedIn -FromEnvironment @how -ErrorAction Stop
        Write-RunbookEvent -Run $Run -Name 'Connected' -Data @{ from = 'Environment' }
        return
    }

    if ($env:LINKEDIN_BASE_URI) { $how.BaseUri = $env:LINKEDIN_BASE_URI }
    if ($env:LINKEDIN_TOKEN_URI) { $how.TokenUri = $env:LINKEDIN_TOKEN_URI }
    if ($env:LINKEDIN_API_VERSION) { $how.ApiVersion = $env:LINKEDIN_API_VERSION }
    if ($env:LINKEDIN_DOWNLOAD_HOSTS -and -not $how.ContainsKey('DownloadHost')) {
        $how.DownloadHost = Split-RunbookList -Text $env:LINKEDIN_DOWNLOAD_HOSTS
    }
    $secret = Get-RunbookSecret -Name $SecretName
    if ($secret -is [pscredential]) {
        $Run.Secrets.Add($secret.Password)
        $how.ClientCredential = $secret
        if ($RefreshTokenName) {
            $token = Get-RunbookSecret -Name $RefreshTokenName
            $how.RefreshToken = if ($token -is [pscredential]) { $token.Password } else { $token }
            $Run.Secrets.Add($how.RefreshToken)
        }
    }
    elseif ($secret -is [securestring]) {
        if ($RefreshTokenName) {
            throw "The secret '$SecretName' is an access token. A refresh token requires the credential of the application."
        }
        $Run.Secrets.Add($secret)
        $how.AccessToken = $secret
    }
    else {
        throw "The secret '$SecretName' is a $($secret.GetType().Name). " +
            'Store the client id and secret as a credential, or an access token as a secure string.'
    }

    Connect-LinkedIn @how -ErrorAction Stop
    Write-RunbookEvent -Run $Run -Name 'Connected' -Data @{ from = $SecretName }
}

<#
.SYNOPSIS
Splits texts at commas, semicolons and spaces. With -File, the shell passes a list as one text.
#>
function Split-RunbookList {
    [CmdletBinding()]
    [OutputType([string[]])]
    param([AllowNull()] [AllowEmptyString()] [AllowEmptyCollection()] [string[]] $Text)

    @($Text -split '[,;\s]+' | Where-Object { $_ })
}

<#
.SYNOPSIS
Returns whether the script runs in Azure Automation.
#>
function Test-AzureAutomation {
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    $null -ne (Get-Command -Name Get-AutomationPSCredential -ErrorAction Ignore)
}

# From an asset in Azure Automation, otherwise from the vault of SecretManagement.
function Get-RunbookSecret([string] $Name) {
    $secret = if (Test-AzureAutomation) { Get-AutomationPSCredential -Name $Name -ErrorAction Stop }
    elseif (Get-Command -Name Get-Secret -ErrorAction Ignore) { Get-Secret -Name $Name -ErrorAction Stop }
    else {
        throw "The secret '$Name' cannot be read: Get-Secret (module Microsoft.PowerShell.SecretManagement) was not found. " +
            'Without -SecretName, the credentials are read from the environment.'
    }
    if ($null -eq $secret) { throw "There is no secret '$Name'." }
    $secret
}

Export-ModuleMember -Function Connect-Runbook, Split-RunbookList, Test-AzureAutomation
