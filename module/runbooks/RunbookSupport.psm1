# What the runbooks beside this file share: one run at a time, a connection from wherever the credentials are, a log of
# events, and what the exit code means. Windows PowerShell 5.1 and PowerShell 7.
Set-StrictMode -Version Latest

$script:Done = 0
$script:Failed = 1

# EX_TEMPFAIL of sysexits.h: nothing to repair, run it again later.
$script:RetryLater = 75

# 128 and the number of the signal, as shells report it. Ctrl+C is SIGINT.
$script:Interrupted = 130
$script:Terminated = 143

# Errors that end by themselves: time, limits, somebody else at work.
$script:PassingErrors = @(
    'WaitTimedOut', 'SaveTimedOut', 'CheckpointInUse', 'LedgerInUse', 'DailyQuotaExceeded', 'RateLimitExceeded', 'CreateOutcomeUnknown'
)

# What the last event calls them.
$script:Outcomes = @{
    $script:Done = 'done'; $script:Failed = 'failed'; $script:RetryLater = 'later'
    $script:Interrupted = 'interrupted'; $script:Terminated = 'interrupted'
}

$script:RotatedFiles = 5
$script:Utf8 = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false

<#
.SYNOPSIS
Makes what the other functions need to know of a run.
#>
function Enter-Runbook {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [AllowEmptyString()] [string] $EventLogPath,
        [long] $EventLogSize = 10MB
    )

    [pscustomobject]@{
        Name         = $Name
        Id           = [guid]::NewGuid().ToString('N')
        StartedAt    = [System.Diagnostics.Stopwatch]::StartNew()
        EventLogPath = if ($EventLogPath) { Resolve-RunbookPath -Path $EventLogPath } else { '' }
        EventLogSize = $EventLogSize
        Secrets      = New-Object -TypeName 'System.Collections.Generic.List[System.Security.SecureString]'
        FirstError   = ''
        ErrorCount   = 0
        Incomplete   = $false
        Interruption = 0
        Reasons      = New-Object -TypeName 'System.Collections.Generic.List[string]'
    }
}

<#
.SYNOPSIS
Runs the body while no other run has the lock. Errors and warnings become events; what else comes out of it flows on.
#>
function Invoke-Runbook {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [Parameter(Mandatory = $true)] [string] $LockPath,
        [Parameter(Mandatory = $true)] [scriptblock] $Body
    )

    $lock = $null
    $signals = $null
    $isOver = $false
    try {
        $lock = Open-RunbookLock -Path $LockPath
        if (-not $lock) {
            Register-IncompleteRun -Run $Run -Reason "Another run has $LockPath. This one ends and has done nothing; the other one does the work."
            $isOver = $true
            return
        }

        Write-RunbookEvent -Run $Run -Name 'RunStarted' -Data @{ computer = [System.Environment]::MachineName; process = $PID }
        Import-RunbookModule
        if (Test-DedicatedProcess) { $signals = [LinkedInExports.Infrastructure.ProcessSignals]::Watch([System.Management.Automation.Runspaces.Runspace]::DefaultRunspace) }
        & $Body 2>&1 3>&1 | ForEach-Object -Process {
            if ($_ -is [System.Management.Automation.ErrorRecord]) { Add-RunbookError -Run $Run -ErrorRecord $_ }
            elseif ($_ -is [System.Management.Automation.WarningRecord]) {
                Write-RunbookEvent -Run $Run -Name 'Warning' -Level warning -Data @{ message = $_.Message }
                Write-Warning -Message $_.Message
            }
            else { $_ }
        }
        $isOver = $true
    }
    catch {
        $isOver = $true
        Add-RunbookError -Run $Run -ErrorRecord $_
    }
    finally {
        # A pipeline that is stopped runs nothing after this block, not even the script's own exit.
        $signal = if (-not $isOver -and $signals) { $signals.GetExitCode() } else { 0 }
        if (-not $isOver) { $Run.Interruption = if ($signal) { $signal } else { $script:Interrupted } }
        if ($lock) { $lock.Dispose() }
        $code = Get-RunbookExitCode -Run $Run
        Write-RunbookEvent -Run $Run -Name 'RunEnded' -Level $(if ($isOver) { 'info' } else { 'warning' }) -Data @{
            outcome  = $script:Outcomes[$code]
            exitCode = $code
            errors   = $Run.ErrorCount
            seconds  = [System.Math]::Round($Run.StartedAt.Elapsed.TotalSeconds, 3)
        }
        # Where it was not a signal, a later command of the pipeline wants no more, and the process goes on.
        if ($signal) { $Host.SetShouldExit($code) }
        if ($signals) { $signals.Dispose() }
        $Run.Reasons | Write-Warning
    }
}

<#
.SYNOPSIS
Returns the exit code of a run: 0 done, 75 go on later, 1 failed, 130 or 143 interrupted. Azure Automation does not know exit
codes: there a failed run is thrown, so that its job counts as failed.
#>
function Complete-Runbook {
    [CmdletBinding()]
    [OutputType([int])]
    param([Parameter(Mandatory = $true)] $Run)

    $code = Get-RunbookExitCode -Run $Run
    if ($code -eq $script:Failed -and (Test-AzureAutomation)) {
        throw "$($Run.Name) failed: $($Run.FirstError)"
    }
    $code
}

<#
.SYNOPSIS
Notes that work is left which a later run does by itself.
#>
function Register-IncompleteRun {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [Parameter(Mandatory = $true)] [string] $Reason
    )

    $Run.Incomplete = $true
    Write-RunbookEvent -Run $Run -Name 'Incomplete' -Level warning -Data @{ message = $Reason }
    $Run.Reasons.Add($Reason)
}

<#
.SYNOPSIS
Connects with a named secret, or with what the environment says. Option has other parameters of Connect-LinkedIn.
#>
function Connect-Runbook {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [AllowEmptyString()] [string] $SecretName,
        [AllowEmptyString()] [string] $RefreshTokenName,
        [hashtable] $Option = @{}
    )

    $how = @{} + $Option
    if (-not $SecretName) {
        if ($RefreshTokenName) { throw '-RefreshTokenName belongs to the application that -SecretName names. Give both.' }
        Connect-LinkedIn -FromEnvironment @how -ErrorAction Stop
        Write-RunbookEvent -Run $Run -Name 'Connected' -Data @{ from = 'Environment' }
        return
    }

    if ($env:LINKEDIN_BASE_URI) { $how.BaseUri = $env:LINKEDIN_BASE_URI }
    if ($env:LINKEDIN_TOKEN_URI) { $how.TokenUri = $env:LINKEDIN_TOKEN_URI }
    if ($env:LINKEDIN_API_VERSION) { $how.ApiVersion = $env:LINKEDIN_API_VERSION }
    if ($env:LINKEDIN_DOWNLOAD_HOSTS -and -not $how.ContainsKey('DownloadHost')) { $how.DownloadHost = Split-RunbookList -Text $env:LINKEDIN_DOWNLOAD_HOSTS }
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
        if ($RefreshTokenName) { throw "The secret '$SecretName' is an access token. A refresh token needs the application's credential." }
        $Run.Secrets.Add($secret)
        $how.AccessToken = $secret
    }
    else {
        throw "The secret '$SecretName' is a $($secret.GetType().Name). Store the client id and secret as a credential, or an access token as a secure string."
    }

    Connect-LinkedIn @how -ErrorAction Stop
    Write-RunbookEvent -Run $Run -Name 'Connected' -Data @{ from = $SecretName }
}

<#
.SYNOPSIS
Notes a saved file. One that is not as LinkedIn documents it holds the checkpoint back, unless that is accepted, so it is an error.
#>
function Write-SavedFile {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [Parameter(Mandatory = $true)] $File,
        [bool] $AcceptUnrecognized
    )

    Write-RunbookEvent -Run $Run -Name 'FileSaved' -Data @{
        path = $File.Path; exportType = $File.ExportType; jobId = $File.JobId; part = $File.Part; parts = $File.PartCount; rows = $File.RowCount
        bytes = $File.Length; sha256 = $File.Sha256; recognized = $File.IsRecognized; difference = $File.Difference
    }
    if (-not $File.IsRecognized -and -not $AcceptUnrecognized) {
        $message = "$($File.Path) was saved and is not as LinkedIn documents it: $($File.Difference) The checkpoint stays where it is."
        Write-Error -Message $message -ErrorId 'UnrecognizedFile' -Category InvalidData -TargetObject $File.Path `
            -RecommendedAction 'Look at the file. If it is right, run the script once with -AcceptUnrecognized; to download it again, delete it.'
    }
}

<#
.SYNOPSIS
Returns what is left of the time of a run, zero at least.
#>
function Get-RunbookTimeLeft {
    [CmdletBinding()]
    [OutputType([timespan])]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [Parameter(Mandatory = $true)] [timespan] $StopAfter
    )

    $left = $StopAfter - $Run.StartedAt.Elapsed
    if ($left -gt [timespan]::Zero) { $left } else { [timespan]::Zero }
}

<#
.SYNOPSIS
Returns the parts of texts that are separated by commas, semicolons or spaces: with -File the shell hands over one text.
#>
function Split-RunbookList {
    [CmdletBinding()]
    [OutputType([string[]])]
    param([AllowNull()] [AllowEmptyString()] [AllowEmptyCollection()] [string[]] $Text)

    @($Text -split '[,;\s]+' | Where-Object { $_ })
}

<#
.SYNOPSIS
Adds a line of JSON to the event log, if there is to be one. Secrets are taken out.
#>
function Write-RunbookEvent {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [Parameter(Mandatory = $true)] [string] $Name,
        [ValidateSet('info', 'warning', 'error')] [string] $Level = 'info',
        [System.Collections.IDictionary] $Data = @{}
    )

    if (-not $Run.EventLogPath) { return }
    $fields = [ordered]@{
        time    = [System.DateTime]::UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", [cultureinfo]::InvariantCulture)
        level   = $Level
        event   = $Name
        runbook = $Run.Name
        run     = $Run.Id
    }
    foreach ($key in $Data.Keys) {
        $value = $Data[$key]
        $fields[$key] = if ($null -eq $value -or $value -is [bool] -or $value -is [int] -or $value -is [long] -or $value -is [double]) { $value }
        elseif ($value.PSObject.Properties['UtcDateTime']) { $value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", [cultureinfo]::InvariantCulture) }
        else { Hide-Secret -Run $Run -Text "$value" }
    }

    try {
        Add-EventLine -Path $Run.EventLogPath -Line (ConvertTo-Json -InputObject $fields -Compress) -Size $Run.EventLogSize
    }
    catch {
        # The work is worth more than its log. Said once.
        Write-Warning -Message "The event log $($Run.EventLogPath) cannot be written, and is left out from here on: $($_.Exception.Message)"
        $Run.EventLogPath = ''
    }
}

<#
.SYNOPSIS
Returns the part that a candidate belongs to, from 0: the same in every PowerShell, on every machine, for ever.
#>
function Get-CandidatePart {
    [CmdletBinding()]
    [OutputType([int])]
    param(
        [Parameter(Mandatory = $true)] [AllowEmptyString()] [string] $CandidateId,
        [Parameter(Mandatory = $true)] [int] $PartCount
    )

    $hash = $script:Sha256.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($CandidateId))
    [int] (([long] $hash[0] * 16777216 + [long] $hash[1] * 65536 + [long] $hash[2] * 256 + $hash[3]) % $PartCount)
}

<#
.SYNOPSIS
Returns a full path; what is not there yet too.
#>
function Resolve-RunbookPath {
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
}

$script:Sha256 = [System.Security.Cryptography.SHA256]::Create()

function Get-RunbookExitCode($Run) {
    # What is left goes first: a scheduler that repeats 75 comes to the end, and learns of the failures there.
    if ($Run.Interruption) { $Run.Interruption }
    elseif ($Run.Incomplete) { $script:RetryLater } elseif ($Run.ErrorCount -gt 0) { $script:Failed } else { $script:Done }
}

function Add-RunbookError($Run, [System.Management.Automation.ErrorRecord] $ErrorRecord) {
    # What is thrown as a text has the text for its id.
    $id = ($ErrorRecord.FullyQualifiedErrorId -split ',')[0]
    if ($id -notmatch '^\w+$') { $id = 'RunbookFailed' }
    $message = Hide-Secret -Run $Run -Text $ErrorRecord.ToString()
    if ($id -in $script:PassingErrors) {
        $Run.Incomplete = $true
        Write-RunbookEvent -Run $Run -Name 'Incomplete' -Level warning -Data @{ id = $id; message = $message; target = $ErrorRecord.TargetObject }
        Write-Warning -Message $message
        return
    }

    $remedy = if ($ErrorRecord.ErrorDetails) { $ErrorRecord.ErrorDetails.RecommendedAction } else { '' }
    $Run.ErrorCount++
    if (-not $Run.FirstError) { $Run.FirstError = $message }
    Write-RunbookEvent -Run $Run -Name 'Error' -Level error -Data @{ id = $id; message = $message; target = $ErrorRecord.TargetObject; remedy = $remedy }
    Write-Error -Message $message -ErrorId $id -Category $ErrorRecord.CategoryInfo.Category -TargetObject $ErrorRecord.TargetObject -RecommendedAction $remedy -ErrorAction Continue
}

# In Azure Automation an asset, elsewhere a secret of the vault that SecretManagement has registered.
function Get-RunbookSecret([string] $Name) {
    $secret = if (Test-AzureAutomation) { Get-AutomationPSCredential -Name $Name -ErrorAction Stop }
    elseif (Get-Command -Name Get-Secret -ErrorAction Ignore) { Get-Secret -Name $Name -ErrorAction Stop }
    else {
        throw "The secret '$Name' cannot be looked up: this is not Azure Automation, and there is no Get-Secret (module Microsoft.PowerShell.SecretManagement). Without -SecretName the credentials come from the environment."
    }
    if ($null -eq $secret) { throw "There is no secret '$Name'." }
    $secret
}

function Test-AzureAutomation { $null -ne (Get-Command -Name Get-AutomationPSCredential -ErrorAction Ignore) }

# Whether the process was started for this run and ends with it, as with pwsh -File. Where it goes on, as at a prompt, its exit
# code and its signals are not a runbook's business.
function Test-DedicatedProcess {
    if ($Host.Name -ne 'ConsoleHost') { return $false }
    $arguments = @([System.Environment]::GetCommandLineArgs() | Select-Object -Skip 1)
    $command = '^[-/](f(i(le?)?)?|c(o(m(m(a(nd?)?)?)?)?)?|e(c|n\w*)?)$|\.ps1$'
    [bool] ($arguments -match $command) -and -not ($arguments -match '^[-/]noe')
}

# The module that this file came with; where the scripts were copied elsewhere, the installed one.
function Import-RunbookModule {
    if (Get-Module -Name LinkedInExports) { return }
    $own = Join-Path -Path $PSScriptRoot -ChildPath '../../LinkedInExports.psd1'
    Import-Module -Name $(if (Test-Path -LiteralPath $own) { $own } else { 'LinkedInExports' }) -Global -ErrorAction Stop
}

# Held open and never removed: somebody else might just be opening it. When the process dies, the hold ends.
function Open-RunbookLock([string] $Path) {
    $null = New-Item -ItemType Directory -Path (Split-Path -Path $Path) -Force
    try {
        [System.IO.File]::Open($Path, 'OpenOrCreate', 'ReadWrite', 'None')
    }
    catch [System.IO.IOException] {
        # Sharing or lock violation on Windows, EAGAIN on Linux and macOS; everything else is a failure.
        if ($_.Exception.GetBaseException().HResult -notin -2147024864, -2147024863, 11, 35) { throw }
    }
}

function Hide-Secret($Run, [string] $Text) {
    $known = @($env:LINKEDIN_ACCESS_TOKEN, $env:LINKEDIN_CLIENT_SECRET, $env:LINKEDIN_REFRESH_TOKEN) +
        @(foreach ($secret in $Run.Secrets) { (New-Object -TypeName System.Net.NetworkCredential -ArgumentList '', $secret).Password })
    foreach ($secret in $known) {
        if ($secret) { $Text = $Text.Replace($secret, '***') }
    }
    $Text = $Text -replace '(?i)(://)[^\s/?#@"''<>]+@', '$1***@'
    $Text -replace '(?i)(bearer\s+|\b(?:x-li-ambry-ep|access_token|refresh_token|client_secret|code)"?\s*[=:]\s*"?)[^\s"''<>&]+', '$1***'
}

# Runs share a log, so each line is written under a lock of the log's own.
function Add-EventLine([string] $Path, [string] $Line, [long] $Size) {
    $null = New-Item -ItemType Directory -Path (Split-Path -Path $Path) -Force
    $lock = $null
    for ($attempt = 1; -not $lock; $attempt++) {
        $lock = Open-RunbookLock -Path "$Path.lock"
        if (-not $lock) {
            if ($attempt -eq 250) { throw "$Path.lock is in use." }
            Start-Sleep -Milliseconds 20
        }
    }

    try {
        $bytes = $script:Utf8.GetBytes("$Line`n")
        $length = if (Test-Path -LiteralPath $Path) { (Get-Item -LiteralPath $Path).Length } else { 0 }
        if ($length -gt 0 -and $length + $bytes.Length -gt $Size) {
            Move-RotatedLog -Path $Path
            $length = 0
        }

        $stream = [System.IO.File]::Open($Path, 'OpenOrCreate', 'ReadWrite', 'Read')
        try {
            # A line that a crash has torn keeps its damage to itself.
            if ($length -gt 0) {
                $null = $stream.Seek(-1, 'End')
                if ($stream.ReadByte() -ne 10) { $stream.WriteByte(10) }
            }
            $stream.Write($bytes, 0, $bytes.Length)
        }
        finally {
            $stream.Dispose()
        }
    }
    finally {
        $lock.Dispose()
    }
}

function Move-RotatedLog([string] $Path) {
    Remove-Item -LiteralPath "$Path.$script:RotatedFiles" -ErrorAction Ignore
    for ($number = $script:RotatedFiles - 1; $number -ge 0; $number--) {
        $from = if ($number) { "$Path.$number" } else { $Path }
        if (Test-Path -LiteralPath $from) { Move-Item -LiteralPath $from -Destination "$Path.$($number + 1)" -Force -ErrorAction Stop }
    }
}

Export-ModuleMember -Function Enter-Runbook, Invoke-Runbook, Complete-Runbook, Register-IncompleteRun, Connect-Runbook,
    Get-RunbookTimeLeft, Split-RunbookList, Write-SavedFile, Write-RunbookEvent, Get-CandidatePart, Resolve-RunbookPath
