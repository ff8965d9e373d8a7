# Functions that the runbooks share: one run at a time, errors as events, and the exit code. For Windows PowerShell 5.1 and
# PowerShell 7.
Set-StrictMode -Version Latest
$modules = 'RunbookLog', 'RunbookConnection', 'RunbookResume' | ForEach-Object { "$PSScriptRoot/$_.psm1" }
Import-Module -Name $modules -ErrorAction Stop

$script:Done = 0
$script:Failed = 1

# EX_TEMPFAIL of sysexits.h: run the same command again later.
$script:RetryLater = 75

# 128 and the number of the signal, as shells report it. Ctrl+C is SIGINT.
$script:Interrupted = 130
$script:Terminated = 143

# Errors that end without any change by the user: time, quotas, another run.
$script:TransientErrors = @(
    'WaitTimedOut', 'SaveTimedOut', 'CheckpointInUse', 'LedgerInUse', 'DailyQuotaExceeded', 'RateLimitExceeded'
    'CreateOutcomeUnknown'
)

# The values of 'outcome' in the last event.
$script:Outcomes = @{
    $script:Done = 'done'; $script:Failed = 'failed'; $script:RetryLater = 'later'
    $script:Interrupted = 'interrupted'; $script:Terminated = 'interrupted'
}

<#
.SYNOPSIS
Creates the object that represents a run.
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
        FirstErrorId = ''
        ErrorCount   = 0
        Incomplete   = $false
        Interruption = 0
        Reasons      = New-Object -TypeName 'System.Collections.Generic.List[string]'
    }
}

<#
.SYNOPSIS
Runs the body if no other run has the lock. Logs errors and warnings as events, and passes on the output.
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
    $span = $null
    $isOver = $false
    try {
        $lock = Open-RunbookLock -Path $LockPath
        if (-not $lock) {
            Register-IncompleteRun -Run $Run -Reason "Another run has the lock $LockPath. This run ends without changes."
            $isOver = $true
            return
        }

        Write-RunbookEvent -Run $Run -Name 'RunStarted' -Data @{ computer = [System.Environment]::MachineName; process = $PID }
        Import-RunbookModule
        $span = [LinkedInExports.Infrastructure.RunbookSpan]::Start($Run.Name, $Run.StartedAt.Elapsed)
        if (Test-DedicatedProcess) {
            $runspace = [System.Management.Automation.Runspaces.Runspace]::DefaultRunspace
            $signals = [LinkedInExports.Infrastructure.ProcessSignals]::Watch($runspace)
        }
        & $Body 2>&1 3>&1 6>&1 | ForEach-Object -Process {
            if ($_ -is [System.Management.Automation.ErrorRecord]) { Add-RunbookError -Run $Run -ErrorRecord $_ }
            elseif ($_ -is [System.Management.Automation.WarningRecord]) {
                Write-RunbookEvent -Run $Run -Name 'Warning' -Level warning -Data @{ message = $_.Message }
                Write-Warning -Message $_.Message
            }
            elseif ($_ -is [System.Management.Automation.InformationRecord]) { Write-RunbookInformation -Run $Run -Record $_ }
            else { $_ }
        }
        $isOver = $true
    }
    catch {
        $isOver = $true
        Add-RunbookError -Run $Run -ErrorRecord $_
    }
    finally {
        # When the pipeline is stopped, nothing runs after this block, including the exit statement of the script.
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
        if ($span) { $span.Complete($Run.FirstErrorId) }
        # Without a signal, a later command of the pipeline has stopped it, and the process continues.
        if ($signal) { $Host.SetShouldExit($code) }
        if ($signals) { $signals.Dispose() }
        $Run.Reasons | Write-Warning
    }
}

<#
.SYNOPSIS
Gets the exit code of a run: 0 done, 75 run again later, 1 failed, 130 or 143 interrupted. Azure Automation has no exit codes, so
a failed run throws there, and its job is shown as failed.
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
Records that a part of the work remains for a later run.
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
Logs a saved file. A file that differs from LinkedIn's documentation is an error, because the checkpoint does not advance until
the user accepts the file.
#>
function Write-SavedFile {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [Parameter(Mandatory = $true)] $File,
        [bool] $AcceptUnrecognized
    )

    Write-RunbookEvent -Run $Run -Name 'FileSaved' -Data @{
        path = $File.Path; exportType = $File.ExportType; jobId = $File.JobId; part = $File.Part; parts = $File.PartCount
        rows = $File.RowCount; bytes = $File.Length; sha256 = $File.Sha256
        recognized = $File.IsRecognized; difference = $File.Difference
    }
    if (-not $File.IsRecognized -and -not $AcceptUnrecognized) {
        $message = "$($File.Path) was saved, but differs from LinkedIn's documentation: $($File.Difference) " +
            'The checkpoint does not advance.'
        $remedy = 'Inspect the file. If it is correct, run the script once with -AcceptUnrecognized. ' +
            'To download it again, delete it.'
        # The preference of this module is that of the session, and 'Stop' would end the files of the other jobs.
        Write-Error -Message $message -ErrorId 'UnrecognizedFile' -Category InvalidData -TargetObject $File.Path `
            -RecommendedAction $remedy -ErrorAction Continue
    }
}

<#
.SYNOPSIS
Converts a value of -StopAfter to a time span. Numbers are seconds, as in the cmdlets. PowerShell would convert 60 to 60 ticks,
and '60' to 60 days.
#>
function ConvertTo-RunbookTime {
    [CmdletBinding()]
    [OutputType([timespan])]
    param([Parameter(Mandatory = $true)] [AllowNull()] [AllowEmptyString()] $StopAfter)

    $invariant = [cultureinfo]::InvariantCulture
    $seconds = 0.0
    $time = [timespan]::Zero
    if ($StopAfter -is [timespan]) { $time = $StopAfter }
    elseif ([double]::TryParse("$StopAfter", [System.Globalization.NumberStyles]::Float, $invariant, [ref] $seconds)) {
        $time = if ($seconds -ge [timespan]::MaxValue.TotalSeconds) { [timespan]::MaxValue }
        elseif ($seconds -ge 0) { [timespan]::FromSeconds($seconds) }
    }
    elseif (-not [timespan]::TryParse("$StopAfter", $invariant, [ref] $time)) { $time = $null }

    if ($null -eq $time -or $time -lt [timespan]::Zero) {
        throw "-StopAfter '$StopAfter' is not a time. Specify seconds, such as 7200, or a time span, such as 02:00:00."
    }
    $time
}

<#
.SYNOPSIS
Gets the remaining time of a run, or zero.
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
Gets the full path of a file that may not exist.
#>
function Resolve-RunbookPath {
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
}

function Get-RunbookExitCode($Run) {
    # Incomplete has priority over failed: a scheduler that repeats 75 completes the work and gets the failures at the end.
    if ($Run.Interruption) { $Run.Interruption }
    elseif ($Run.Incomplete) { $script:RetryLater } elseif ($Run.ErrorCount -gt 0) { $script:Failed } else { $script:Done }
}

function Add-RunbookError($Run, [System.Management.Automation.ErrorRecord] $ErrorRecord) {
    # The id of an error that was thrown as text is the text.
    $id = ($ErrorRecord.FullyQualifiedErrorId -split ',')[0]
    if ($id -notmatch '^\w+$') { $id = 'RunbookFailed' }
    $message = Hide-RunbookSecret -Run $Run -Text $ErrorRecord.ToString()
    $data = @{ id = $id; message = $message; target = $ErrorRecord.TargetObject }
    if ($id -in $script:TransientErrors) {
        $Run.Incomplete = $true
        Write-RunbookEvent -Run $Run -Name 'Incomplete' -Level warning -Data $data
        Write-Warning -Message $message
        return
    }

    $data.remedy = if ($ErrorRecord.ErrorDetails) { $ErrorRecord.ErrorDetails.RecommendedAction } else { '' }
    $Run.ErrorCount++
    if (-not $Run.FirstError) {
        $Run.FirstError = $message
        $Run.FirstErrorId = $id
    }
    Write-RunbookEvent -Run $Run -Name 'Error' -Level error -Data $data
    $category = $ErrorRecord.CategoryInfo.Category
    Write-Error -Message $message -ErrorId $id -Category $category -TargetObject $ErrorRecord.TargetObject `
        -RecommendedAction $data.remedy -ErrorAction Continue
}

# Whether the process was started for this run and ends with it, as with pwsh -File. In an interactive session, the exit code and
# the signals belong to the user.
function Test-DedicatedProcess {
    if ($Host.Name -ne 'ConsoleHost') { return $false }
    $arguments = @([System.Environment]::GetCommandLineArgs() | Select-Object -Skip 1)
    $command = '^[-/](f(i(le?)?)?|c(o(m(m(a(nd?)?)?)?)?)?|e(c|n\w*)?)$|\.ps1$'
    [bool] ($arguments -match $command) -and -not ($arguments -match '^[-/]noe')
}

# The module that contains this file. If the scripts were copied to another folder, the installed module.
function Import-RunbookModule {
    if (Get-Module -Name LinkedInExports) { return }
    $own = Join-Path -Path $PSScriptRoot -ChildPath '../../LinkedInExports.psd1'
    Import-Module -Name $(if (Test-Path -LiteralPath $own) { $own } else { 'LinkedInExports' }) -Global -ErrorAction Stop
}

Export-ModuleMember -Function Enter-Runbook, Invoke-Runbook, Complete-Runbook, Register-IncompleteRun, Connect-Runbook,
    ConvertTo-RunbookTime, Get-RunbookTimeLeft, Split-RunbookList, Write-SavedFile, Write-RunbookEvent, Format-RunbookTime,
    Resolve-RunbookPath, Get-CandidatePart, Test-ResumeId, Test-SharedQuota, Get-RequestShare, Get-FanOutLockPath
