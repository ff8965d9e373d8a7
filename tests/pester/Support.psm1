# Functions that the test files share: the path of the module, the emulator in its own process, and other shells. For Windows
# PowerShell 5.1 and PowerShell 7.
Set-StrictMode -Version Latest

$script:Root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").Path
$script:Crm = 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)'

# Gets the manifest of the module under test: that of the repository, or the -Module of Invoke-Suite.ps1.
function Get-ManifestPath {
    if ($env:LINKEDINEXPORTS_MODULE) { $env:LINKEDINEXPORTS_MODULE } else {
        Join-Path -Path $script:Root -ChildPath 'LinkedInExports.psd1'
    }
}

function Get-CrmInstance { $script:Crm }

# Gets the newest build output of a project, in any configuration.
function Get-BuildOutput([string] $Project, [string] $File) {
    Get-ChildItem -Path "$script:Root/$Project/bin" -Filter $File -Recurse -File |
        Sort-Object -Property LastWriteTime -Descending | Select-Object -First 1 -ExpandProperty FullName
}

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

function Start-RedirectedProcess([string] $Command, [string[]] $Argument) {
    $start = Get-ProcessStart -Command $Command -Argument $Argument
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    [System.Diagnostics.Process]::Start($start)
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

# Creates valid resumes of three types: a PDF file of one page, a compound file as Word 97 creates it, and a text file. Each has
# different content.
function New-ResumeFile {
    param([string] $Folder, [int] $Count)

    $null = New-Item -ItemType Directory -Path $Folder -Force
    foreach ($number in 1..$Count) {
        $path = Join-Path -Path $Folder -ChildPath "resume $number.$(('pdf', 'doc', 'txt')[$number % 3])"
        $text = "Resume number ${number}: " + ('experience ' * (20 + $number))
        switch ($number % 3) {
            0 { [System.IO.File]::WriteAllText($path, (ConvertTo-Pdf -Text $text)) }
            1 { [System.IO.File]::WriteAllBytes($path, (ConvertTo-CompoundFile -Text $text)) }
            2 { [System.IO.File]::WriteAllText($path, $text) }
        }
        Get-Item -LiteralPath $path
    }
}

function ConvertTo-Pdf([string] $Text) {
    $page = "BT /F1 12 Tf 40 700 Td ($Text) Tj ET"
    $objects = @(
        '<< /Type /Catalog /Pages 2 0 R >>'
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>'
        "<< /Length $($page.Length) >>`nstream`n$page`nendstream"
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
    )
    $pdf = [System.Text.StringBuilder]::new("%PDF-1.4`n")
    $offsets = for ($number = 1; $number -le $objects.Count; $number++) {
        $pdf.Length
        $null = $pdf.Append("$number 0 obj`n$($objects[$number - 1])`nendobj`n")
    }
    $table = $pdf.Length
    $null = $pdf.Append("xref`n0 6`n0000000000 65535 f `n")
    foreach ($offset in $offsets) { $null = $pdf.Append(('{0:0000000000} 00000 n {1}' -f $offset, "`n")) }
    $null = $pdf.Append("trailer << /Size 6 /Root 1 0 R >>`nstartxref`n$table`n%%EOF`n")
    $pdf.ToString()
}

# The sectors of 512 bytes: the header, the allocation table, the directory, and the stream WordDocument.
function ConvertTo-CompoundFile([string] $Text) {
    $content = [System.Text.Encoding]::Unicode.GetBytes($Text.PadRight(2048))
    $sectors = [int][System.Math]::Ceiling($content.Length / 512)
    $file = [byte[]]::new(512 * (3 + $sectors))
    $writer = [System.IO.BinaryWriter]::new([System.IO.MemoryStream]::new($file))
    $writer.Write([byte[]] (0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1))
    $null = $writer.Seek(24, 'Begin')
    foreach ($short in 0x3E, 3, 0xFFFE, 9, 6) { $writer.Write([uint16] $short) }
    $null = $writer.Seek(44, 'Begin')
    foreach ($int in 1, 1, 0, 4096, -2, 0, -2, 0, 0) { $writer.Write([int] $int) }
    foreach ($unused in 1..108) { $writer.Write([int] -1) }
    foreach ($int in -3, -2) { $writer.Write([int] $int) }
    for ($sector = 1; $sector -lt $sectors; $sector++) { $writer.Write([int] ($sector + 2)) }
    $writer.Write([int] -2)
    $null = $writer.Seek(1024, 'Begin')
    foreach ($entry in @{ Name = 'Root Entry'; Type = 5; Child = 1; Start = -2; Size = 0 },
        @{ Name = 'WordDocument'; Type = 2; Child = -1; Start = 2; Size = $content.Length }) {
        $start = $writer.BaseStream.Position
        $name = [System.Text.Encoding]::Unicode.GetBytes($entry.Name + [char] 0)
        $writer.Write($name)
        $null = $writer.Seek($start + 64, 'Begin')
        $writer.Write([uint16] $name.Length)
        $writer.Write([byte[]] ($entry.Type, 1))
        foreach ($int in -1, -1, $entry.Child) { $writer.Write([int] $int) }
        $null = $writer.Seek($start + 116, 'Begin')
        $writer.Write([int] $entry.Start)
        $writer.Write([long] $entry.Size)
    }
    $null = $writer.Seek(1536, 'Begin')
    $writer.Write($content)
    $writer.Dispose()
    , $file
}

# Checks that the emulator has the expected records, each with the bytes of its file, and with -Once that each was sent once.
function Assert-SameResume {
    param($Emulator, [object[]] $Expected, [switch] $Once)

    $actual = @{}
    foreach ($resume in (Invoke-RestMethod -Uri "$($Emulator.Url)/emulator/resumes").elements) {
        $actual["$($resume.candidateId)|$($resume.resumeId)"] = $resume
    }
    $hashes = @{}
    $wrong = foreach ($candidate in $Expected) {
        $found = $actual["$($candidate.CandidateId)|$($candidate.ResumeId)"]
        if (-not $hashes.ContainsKey($candidate.Path)) {
            $hashes[$candidate.Path] = (Get-FileHash -LiteralPath $candidate.Path -Algorithm SHA256).Hash
        }
        if (-not $found) { "$($candidate.CandidateId) is missing" }
        elseif ($found.file.sha256 -ne $hashes[$candidate.Path]) { "$($candidate.CandidateId) has other bytes" }
        elseif ($Once -and $found.timesWritten -ne 1) { "$($candidate.CandidateId) was written $($found.timesWritten) times" }
    }
    if ($wrong) { throw "$(@($wrong).Count) of $($Expected.Count) are wrong: $(@($wrong)[0..4] -join ', ')" }
}

# Starts a script in a new process of this shell.
function Start-NewShell {
    param([string] $Script, $Emulator, [hashtable] $Environment = @{}, [switch] $Interactive)

    $arguments = @('-NoProfile') + @(if (-not $Interactive) { '-NonInteractive' }) + @('-OutputFormat', 'Text', '-Command',
        $Script)
    $start = Get-ProcessStart -Command (Get-ShellPath) -Argument $arguments
    if ($Emulator) {
        $start.Environment['LINKEDIN_ACCESS_TOKEN'] = $Emulator.Token
        $start.Environment['LINKEDIN_BASE_URI'] = $Emulator.BaseUri
    }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $start.Environment['NO_COLOR'] = '1'
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

# Starts an HTTP proxy that rejects each CONNECT with a status, and records the headers of the requests.
function Start-RefusingProxy {
    param([int] $Status)

    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $requests = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
    $shell = [powershell]::Create()
    $null = $shell.AddScript({
            param($Listener, $Status, $Requests)
            # An error, such as that of a stopped listener, ends the loop.
            $ErrorActionPreference = 'Stop'
            while ($true) {
                # Stopping the listener does not always end a blocking call of AcceptTcpClient.
                $accept = $Listener.AcceptTcpClientAsync()
                while (-not $accept.Wait(50)) { }
                $client = $accept.Result
                try {
                    $stream = $client.GetStream()
                    $stream.ReadTimeout = 30000
                    $reader = [System.IO.StreamReader]::new($stream)
                    $head = while ($line = $reader.ReadLine()) { $line }
                    $Requests.Enqueue($head -join "`n")
                    $lines = "HTTP/1.1 $Status Refused", 'Proxy-Authenticate: Basic realm="proxy"', 'Content-Length: 0',
                        'Connection: close', '', ''
                    $bytes = [System.Text.Encoding]::ASCII.GetBytes($lines -join "`r`n")
                    $stream.Write($bytes, 0, $bytes.Length)
                }
                finally {
                    $client.Dispose()
                }
            }
        }).AddArgument($listener).AddArgument($Status).AddArgument($requests)
    [pscustomobject]@{
        Port     = $listener.LocalEndpoint.Port
        Requests = $requests
        Listener = $listener
        Shell    = $shell
        Work     = $shell.BeginInvoke()
    }
}

function Stop-RefusingProxy($Proxy) {
    $Proxy.Shell.Stop()
    $Proxy.Listener.Stop()
    $Proxy.Shell.Dispose()
}

Export-ModuleMember -Function *
