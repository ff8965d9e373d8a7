# Functions of the runbook tests. They use the variables of the test that dot-sources them: $folder and $emulator.
# Starts a runbook like a scheduler: pwsh -NonInteractive -File, with the credentials in the environment.
function Start-Runbook {
    param([string] $Name, [string[]] $Argument, [hashtable] $Environment = @{}, $Emulator = $emulator)

    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-ShellPath))
    foreach ($one in @('-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-File', "$folder/$Name.ps1") + $Argument) {
        $start.ArgumentList.Add($one)
    }
    $variables = Get-ShellEnvironment $Emulator $Environment
    foreach ($variable in $variables.Keys) { $start.Environment[$variable] = $variables[$variable] }
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    [pscustomobject]@{
        Process = $process
        Output  = $process.StandardOutput.ReadToEndAsync()
        Errors  = $process.StandardError.ReadToEndAsync()
    }
}

function Wait-Runbook($Started) {
    $Started.Process.WaitForExit()
    [pscustomobject]@{
        ExitCode = $Started.Process.ExitCode
        Text     = ($Started.Output.Result + $Started.Errors.Result) -replace '\s+', ' '
    }
}

# Runs a runbook in a session of this process, which is many times faster than a new shell and returns the same. Setup is a script
# that the session runs first, for example one with a function that replaces a cmdlet.
function Invoke-Runbook {
    param([string] $Name, [string[]] $Argument, [hashtable] $Environment = @{}, $Emulator = $emulator, [string] $Setup)

    $shell = [powershell]::Create()
    try {
        if ($Setup) { $null = $shell.AddScript($Setup).AddStatement() }
        $null = $shell.AddScript({ param($Path, $Parameter) & $Path @Parameter; $global:LASTEXITCODE = $LASTEXITCODE })
        $null = $shell.AddArgument("$folder/$Name.ps1").AddArgument((ConvertTo-RunbookParameter $Argument))
        $streams = $shell.Streams
        $exitCode = 1
        $output = try {
            Invoke-WithEnvironment (Get-ShellEnvironment $Emulator $Environment) { $shell.Invoke() }
            $exitCode = $shell.Runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
        }
        catch [System.Management.Automation.RuntimeException] { $_.Exception.InnerException.ErrorRecord }
        $all = @($output) + $streams.Error + $streams.Warning + $streams.Verbose + $streams.Debug + $streams.Information
        [pscustomobject]@{ ExitCode = $exitCode; Text = ($all | Out-String -Width 4096) -replace '\s+', ' ' }
    }
    finally {
        $shell.Dispose()
    }
}

# Converts arguments of the command line to parameters: '-Name', 'value', or '-Name' for a switch.
function ConvertTo-RunbookParameter([string[]] $Argument) {
    $parameter = @{}
    for ($i = 0; $i -lt $Argument.Count; $i++) {
        $name = $Argument[$i].Substring(1)
        $hasValue = $i + 1 -lt $Argument.Count -and $Argument[$i + 1] -notlike '-*'
        $parameter[$name] = if ($hasValue) { $Argument[++$i] } else { $true }
    }
    $parameter
}

# Gets the events of a log, and checks that each line is JSON without a secret.
function Get-Event([string] $Path) {
    $text = [System.IO.File]::ReadAllText($Path)
    $text | Should -Not -Match 'canary|x-li-ambry-ep|Bearer'
    $text | Should -BeLike "*`n"
    foreach ($line in $text.TrimEnd().Split("`n")) {
        $read = $line | ConvertFrom-Json
        foreach ($field in 'time', 'level', 'event', 'runbook', 'run') { $read.$field | Should -Not -BeNullOrEmpty }
        $data = $read.PSObject.Properties.Name | Select-Object -Skip 5
        $data -join ' ' | Should -Be (($data | Sort-Object) -join ' ') -Because 'the order of the fields is the same in each run'
        $read
    }
}

function New-CandidateCsv([string] $Path, [int] $Count) {
    $parent = Split-Path -Path $Path
    $files = New-ResumeFile -Folder "$parent/files" -Count 12
    1..$Count | ForEach-Object {
        [pscustomobject]@{
            CandidateId = "C$_"
            ResumeId    = "R$_"
            CreatedAt   = '2025-01-31T08:00:00Z'
            Path        = "files/$($files[$_ % 12].Name)"
        }
    } | Export-Csv -Path $Path -NoTypeInformation
    Import-Csv -Path $Path | ForEach-Object { $_.Path = Join-Path -Path $parent -ChildPath $_.Path; $_ }
}

function Get-CreateCount {
    @(Get-EmulatorRequest $emulator | Where-Object { $_.method -eq 'POST' -and $_.rawTarget -like '/v2/*' }).Count
}
