# Starts an emulator on a free port: one of the process that hosts those of this shell, or with -Command an installed tool. The
# other functions accept its output.
function Start-Emulator {
    param([hashtable] $Option = @{}, [string] $Command)

    $all = @{ port = 0; token = "canary-$([guid]::NewGuid())"; rows = 100; 'processing-time' = 0 } + @{}
    foreach ($name in $Option.Keys) { $all[$name] = $Option[$name] }
    $arguments = foreach ($name in $all.Keys) {
        "--$name"
        if ($all[$name] -isnot [bool]) { [string] $all[$name] }
    }
    $process = $null
    $url = if ($Command) {
        $process = Start-RedirectedProcess -Command $Command -Argument $arguments
        do {
            $line = $process.StandardOutput.ReadLine()
            if ($null -eq $line) { throw 'The emulator ended before it listened.' }
        } until ($line -match 'Now listening on: (http://\S+)')
        $null = $process.StandardOutput.BaseStream.CopyToAsync([System.IO.Stream]::Null)
        $Matches[1]
    }
    else {
        Invoke-EmulatorHost -Command (ConvertTo-Json -InputObject @($arguments) -Compress)
    }

    [pscustomobject]@{
        Process = $process
        Url     = $url
        BaseUri = "$url/v2/"
        Token   = $all.token
    }
}

function Stop-Emulator($Emulator) {
    if ($Emulator.Process) {
        $Emulator.Process.Kill()
        $Emulator.Process.WaitForExit()
    }
    else { $null = Invoke-EmulatorHost -Command $Emulator.Url }
}

# Sends a command to the process with the emulators, and gets its answer. The first command of this shell starts the process,
# also if this module was imported again since.
function Invoke-EmulatorHost([string] $Command) {
    $emulators = [System.AppDomain]::CurrentDomain.GetData('EmulatorHost')
    if (-not $emulators) {
        $dll = Get-BuildOutput -Project 'tests/LinkedInExports.EmulatorHost' -File 'LinkedInExports.EmulatorHost.dll'
        $emulators = Start-RedirectedProcess -Command dotnet -Argument $dll
        [System.AppDomain]::CurrentDomain.SetData('EmulatorHost', $emulators)
    }
    $emulators.StandardInput.WriteLine($Command)
    $answer = $emulators.StandardOutput.ReadLine()
    if ($null -eq $answer -or $answer -like 'error:*') { throw "The emulator does not start: $answer" }
    $answer
}

# Connects to the emulator. The option has other parameters of Connect-LinkedIn.
function Connect-Emulator($Emulator, [hashtable] $Option = @{}) {
    $token = ConvertTo-SecureString -String $Emulator.Token -AsPlainText -Force
    Connect-LinkedIn -AccessToken $token -BaseUri $Emulator.BaseUri @Option
}

function Add-EmulatorFault($Emulator, [hashtable] $Fault) {
    $null = Invoke-RestMethod -Method Post -Uri "$($Emulator.Url)/emulator/faults" -Body ($Fault | ConvertTo-Json -Depth 5)
}

function Clear-Emulator($Emulator) {
    $null = Invoke-RestMethod -Method Delete -Uri "$($Emulator.Url)/emulator/faults"
    $null = Invoke-RestMethod -Method Delete -Uri "$($Emulator.Url)/emulator/requests"
}

function Get-EmulatorRequest($Emulator) {
    # Assigned first, because an empty array in the pipeline would be no object.
    $requests = Invoke-RestMethod -Uri "$($Emulator.Url)/emulator/requests"
    @($requests)
}
