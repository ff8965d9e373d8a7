# Functions of the runbook tests. They use the variables of the test that dot-sources them: $folder and $emulator.
# Starts a runbook like a scheduler: pwsh -NonInteractive -File, with the credentials in the environment.
function Start-Runbook {
    param([string] $Name, [string[]] $Argument, [hashtable] $Environment = @{}, $Emulator = $emulator)

    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-ShellPath))
    foreach ($one in @('-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-File', "$folder/$Name.ps1") + $Argument) {
        $start.ArgumentList.Add($one)
    }
    $all = @{ LINKEDIN_ACCESS_TOKEN = $Emulator.Token; LINKEDIN_BASE_URI = $Emulator.BaseUri; NO_COLOR = '1' } + @{}
    foreach ($key in $Environment.Keys) { $all[$key] = $Environment[$key] }
    foreach ($key in $all.Keys) { $start.Environment[$key] = $all[$key] }
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

function Invoke-Runbook {
    param([string] $Name, [string[]] $Argument, [hashtable] $Environment = @{}, $Emulator = $emulator)

    Wait-Runbook (Start-Runbook @PSBoundParameters)
}

function Wait-Until([scriptblock] $Condition, [int] $Seconds = 240) {
    $deadline = [datetime]::UtcNow.AddSeconds($Seconds)
    while (-not (& $Condition)) {
        if ([datetime]::UtcNow -gt $deadline) { throw "Timed out: $Condition" }
        Start-Sleep -Milliseconds 50
    }
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
