# The event log of the runbooks and the locks. For Windows PowerShell 5.1 and PowerShell 7.
Set-StrictMode -Version Latest

$script:RotatedFiles = 5
$script:Utf8 = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false

<#
.SYNOPSIS
Writes an event to the event log as a line of JSON, without secrets. Does nothing without an event log.
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
        time    = Format-RunbookTime -Time ([System.DateTime]::UtcNow)
        level   = $Level
        event   = $Name
        runbook = $Run.Name
        run     = $Run.Id
    }
    foreach ($key in $Data.Keys | Sort-Object) {
        $value = $Data[$key]
        $isPlain = $null -eq $value -or $value -is [bool] -or $value -is [int] -or $value -is [long] -or $value -is [double]
        $fields[$key] = if ($isPlain) { $value }
        elseif ($value.PSObject.Properties['UtcDateTime']) { Format-RunbookTime -Time $value.UtcDateTime }
        else { Hide-RunbookSecret -Run $Run -Text "$value" }
    }

    try {
        Add-EventLine -Path $Run.EventLogPath -Line (ConvertTo-Json -InputObject $fields -Compress) -Size $Run.EventLogSize
    }
    catch {
        # The run continues without its log and warns only once.
        $reason = $_.Exception.Message
        Write-Warning -Message "The event log $($Run.EventLogPath) cannot be written; no more events are logged: $reason"
        $Run.EventLogPath = ''
    }
}

<#
.SYNOPSIS
Logs the summary of a command as an event, and shows it once. Other information records are passed on.
#>
function Write-RunbookInformation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [Parameter(Mandatory = $true)] [System.Management.Automation.InformationRecord] $Record
    )

    $data = $Record.MessageData
    $isSummary = $Record.Tags -contains 'LinkedInExports.Summary'
    if ($isSummary) {
        Write-RunbookEvent -Run $Run -Name 'Summary' -Data @{
            command   = $data.Command
            items     = "$($data.ItemType)"
            completed = $data.Completed
            failed    = $data.Failed
            remaining = $data.Remaining
            rows      = $data.RowCount
            received  = $data.BytesReceived
            sent      = $data.BytesSent
            seconds   = [System.Math]::Round($data.Duration.TotalSeconds, 3)
            waiting   = [System.Math]::Round($data.WaitingTime.TotalSeconds, 3)
        }
    }

    # PowerShell has already shown the records of jobs and remote sessions.
    $isReceived = $Record -is [System.Management.Automation.Runspaces.RemotingInformationRecord]
    $isShown = -not $isReceived -and ($isSummary -or $Record.Tags -contains 'PSHOST')
    $action = if ($isShown) { 'Continue' } else { 'SilentlyContinue' }
    Write-Information -MessageData $data -Tags $Record.Tags -InformationAction $action
}

<#
.SYNOPSIS
Replaces secrets and signatures in a text with asterisks.
#>
function Hide-RunbookSecret {
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)] $Run,
        [AllowEmptyString()] [string] $Text
    )

    $known = @($env:LINKEDIN_ACCESS_TOKEN, $env:LINKEDIN_CLIENT_SECRET, $env:LINKEDIN_REFRESH_TOKEN)
    foreach ($secret in $Run.Secrets) {
        $known += (New-Object -TypeName System.Net.NetworkCredential -ArgumentList '', $secret).Password
    }
    foreach ($secret in $known) {
        if ($secret) { $Text = $Text.Replace($secret, '***') }
    }
    $Text = $Text -replace '(?i)(://)[^\s/?#@"''<>]+@', '$1***@'
    $names = 'x-li-ambry-ep|access_token|refresh_token|client_secret|code'
    $Text -replace "(?i)(bearer\s+|\b(?:$names)`"?\s*[=:]\s*`"?)[^\s`"'<>&]+", '$1***'
}

<#
.SYNOPSIS
Opens a lock file, or returns nothing if another process has it. The lock ends when the file is closed or the process ends.
#>
function Open-RunbookLock {
    [CmdletBinding()]
    [OutputType([System.IO.FileStream])]
    param([Parameter(Mandatory = $true)] [string] $Path)

    $null = New-Item -ItemType Directory -Path (Split-Path -Path $Path) -Force
    try {
        # The file is never deleted, because another process may be about to open it.
        [System.IO.File]::Open($Path, 'OpenOrCreate', 'ReadWrite', 'None')
    }
    catch [System.IO.IOException] {
        # Sharing and lock violations on Windows, EAGAIN on Linux and macOS. Other errors are failures.
        if ($_.Exception.GetBaseException().HResult -notin -2147024864, -2147024863, 11, 35) { throw }
    }
}

<#
.SYNOPSIS
Formats a UTC time in ISO 8601 with milliseconds.
#>
function Format-RunbookTime {
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] [datetime] $Time)

    $Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", [cultureinfo]::InvariantCulture)
}

# Several runs can share a log, so each line is written under the lock of the log.
function Add-EventLine([string] $Path, [string] $Line, [long] $Size) {
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
            # After a crash the last line can be incomplete; the new one starts on its own line.
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
        if (Test-Path -LiteralPath $from) {
            Move-Item -LiteralPath $from -Destination "$Path.$($number + 1)" -Force -ErrorAction Stop
        }
    }
}

Export-ModuleMember -Function Write-RunbookEvent, Write-RunbookInformation, Hide-RunbookSecret, Open-RunbookLock,
    Format-RunbookTime
