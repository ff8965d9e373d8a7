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
