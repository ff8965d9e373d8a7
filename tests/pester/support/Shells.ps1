# Gets the executable of this shell. The process is dotnet if PowerShell is installed as a .NET tool.
function Get-ShellPath {
    Join-Path -Path $PSHOME -ChildPath $(if ($PSVersionTable.PSEdition -eq 'Desktop') { 'powershell' } else { 'pwsh' })
}

# Creates the start information of a process. .NET Framework has no list of arguments.
function Get-ProcessStart([string] $Command, [string[]] $Argument) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($Command)
    if ($start.PSObject.Properties['ArgumentList']) {
        foreach ($each in $Argument) { $start.ArgumentList.Add($each) }
    }
    else {
        $start.Arguments = $Argument.ForEach{ '"{0}"' -f ($_ -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1') } -join ' '
    }
    $start.UseShellExecute = $false
    $start
}

function Start-RedirectedProcess([string] $Command, [string[]] $Argument) {
    $start = Get-ProcessStart -Command $Command -Argument $Argument
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    [System.Diagnostics.Process]::Start($start)
}

# Starts a script in a new process of this shell.
function Start-NewShell {
    param([string] $Script, $Emulator, [hashtable] $Environment = @{}, [switch] $Interactive)

    $arguments = @('-NoProfile') + @(if (-not $Interactive) { '-NonInteractive' }) + @('-OutputFormat', 'Text', '-Command',
        $Script)
    $start = Get-ProcessStart -Command (Get-ShellPath) -Argument $arguments
    $all = Get-ShellEnvironment $Emulator $Environment
    foreach ($name in $all.Keys) { $start.Environment[$name] = $all[$name] }
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    [System.Diagnostics.Process]::Start($start)
}

# Runs a script in a new process of this shell and returns its lines. Throws with the output if it fails.
function Invoke-NewShell {
    param([string] $Script, $Emulator, [hashtable] $Environment = @{}, [switch] $Interactive)

    $process = Start-NewShell @PSBoundParameters
    $output = $process.StandardOutput.ReadToEndAsync()
    $errors = $process.StandardError.ReadToEndAsync()
    $process.WaitForExit()
    if ($process.ExitCode -ne 0) { throw "Exit code $($process.ExitCode): $($output.Result) $($errors.Result)" }
    $output.Result.TrimEnd() -split '\r?\n'
}

# Runs a script with environment variables, which have their former values afterwards. $null removes a variable.
function Invoke-WithEnvironment([hashtable] $Environment, [scriptblock] $Script) {
    $former = @{}
    try {
        foreach ($name in $Environment.Keys) {
            $former[$name] = [System.Environment]::GetEnvironmentVariable($name)
            [System.Environment]::SetEnvironmentVariable($name, $Environment[$name])
        }
        & $Script
    }
    finally {
        foreach ($name in $former.Keys) { [System.Environment]::SetEnvironmentVariable($name, $former[$name]) }
    }
}

# Gets the variables of a shell that is connected to an emulator, if there is one.
function Get-ShellEnvironment($Emulator, [hashtable] $Environment) {
    $all = @{ NO_COLOR = '1' }
    if ($Emulator) {
        $all.LINKEDIN_ACCESS_TOKEN = $Emulator.Token
        $all.LINKEDIN_BASE_URI = $Emulator.BaseUri
    }
    foreach ($name in $Environment.Keys) { $all[$name] = $Environment[$name] }
    $all
}

# Runs a script in a new session of this process, and returns its lines. It is many times faster than a new process, and differs
# only where a test depends on the process, such as its arguments.
function Invoke-NewSession {
    param([string] $Script, $Emulator, [hashtable] $Environment = @{})

    $all = Get-ShellEnvironment $Emulator $Environment
    $shell = [powershell]::Create()
    try {
        $null = $shell.AddScript("& {`n$Script`n} *>&1").AddCommand('Out-String').
            AddParameter('Stream').AddParameter('Width', 4096)
        Invoke-WithEnvironment $all { $shell.Invoke() }
    }
    finally {
        $shell.Dispose()
    }
}
