using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinkedInExports.Benchmarks.Servers;

/// <summary>
/// A server with a completed validation job, which sends the files from memory and uses little CPU time. Unlike the
/// emulator, it does not validate requests.
/// </summary>
internal sealed class DownloadServer : IDisposable
{
    /// <summary>The argument with which this program runs as the server.</summary>
    internal const string Verb = "serve";

    private readonly Process _process;

    private DownloadServer(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>The address without a trailing slash.</summary>
    internal string Address { get; }

    internal string File(int number) => $"{Address}/files/{number}?sig=0123456789abcdef";

    /// <summary>The script that connects and gets the job.</summary>
    internal string GetJob =>
        $$"""
            $token = ConvertTo-SecureString -String 'benchmark' -AsPlainText -Force
            Connect-LinkedIn -AccessToken $token -BaseUri '{{Address}}/v2/'
            $crm = 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)'
            $job = Get-CrmValidationExportJob -JobId 1 -CrmInstanceId $crm

            """;

    /// <summary>Starts a server in a new process.</summary>
    /// <param name="files">The number of files of the job.</param>
    /// <param name="bytes">The approximate length of each file.</param>
    /// <param name="latency">The delay of each request.</param>
    /// <param name="bytesPerSecond">The speed at which a file is sent, or 0 for the maximum.</param>
    internal static async Task<DownloadServer> StartAsync(
        int files,
        long bytes,
        TimeSpan latency = default,
        long bytesPerSecond = 0
    )
    {
        double[] numbers = [files, bytes, latency.TotalMilliseconds, bytesPerSecond];
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [Verb, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process process = Process.Start(start)!;
        string address =
            await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new DownloadServer(process, address);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Runs the server until the process is killed.</summary>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            Process.GetCurrentProcess().ProcessorAffinity = 1;

        int files = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        long bytes = long.Parse(arguments[1], CultureInfo.InvariantCulture);
        TimeSpan latency = TimeSpan.FromMilliseconds(double.Parse(arguments[2], CultureInfo.InvariantCulture));
        long bytesPerSecond = long.Parse(arguments[3], CultureInfo.InvariantCulture);

        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(256);
        string address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}";
        var answers = new Answers(Job(address, files), RepeatedRows.Block(), bytes, latency, bytesPerSecond);
        Console.WriteLine(address);
        while (true)
        {
            Socket client = await listener.AcceptAsync();
            client.NoDelay = true;
            _ = Task.Run(() => answers.ServeAsync(client));
        }
    }

    private static byte[] Job(string address, int files)
    {
        string urls = string.Join(
            ',',
            Enumerable.Range(1, files).Select(number => $"\"{address}/files/{number}?sig=0123456789abcdef\"")
        );
        byte[] json = Encoding.ASCII.GetBytes(
            $$"""{"jobId":1,"status":"COMPLETED","exportStartAt":1770000000000,"exportEndAt":1772000000000,"nextExportStartAt":1772000000000,"expireAt":1902000000000,"downloadUrls":[{{urls}}]}"""
        );
        return
        [
            .. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n"
            ),
            .. json,
        ];
    }

    private sealed class Answers(byte[] job, byte[] block, long bytes, TimeSpan latency, long bytesPerSecond)
    {
        internal async Task ServeAsync(Socket client)
        {
            using (client)
            {
                try
                {
                    var buffer = new byte[16 * 1024];
                    while (await ReadTargetAsync(client, buffer) is { } target)
                    {
                        if (latency > TimeSpan.Zero)
                            await Task.Delay(latency);
                        if (target.StartsWith("/files/", StringComparison.Ordinal))
                            await SendFileAsync(client, target);
                        else
                            await SendAsync(client, job);
                    }
                }
                catch (SocketException)
                {
                    // The client has disconnected.
                }
            }
        }

        /// <summary>Reads the request line. Requests have no bodies and are not pipelined.</summary>
        private static async Task<string?> ReadTargetAsync(Socket client, byte[] buffer)
        {
            int length = 0;
            while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            {
                int read = await client.ReceiveAsync(buffer.AsMemory(length));
                if (read == 0)
                    return null;
                length += read;
            }

            return Encoding.ASCII.GetString(buffer, 0, length).Split(' ')[1];
        }

        private async Task SendFileAsync(Socket client, string target)
        {
            byte[] firstRow = RepeatedRows.FirstRow(target);
            long blocks = (bytes + block.Length - 1) / block.Length;
            byte[] head = Encoding.ASCII.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: "
                        + $"{RepeatedRows.ValidationHeader.Length + firstRow.Length + (blocks * block.Length)}\r\n\r\n"
                )
            );
            await SendAsync(client, head);
            await SendAsync(client, RepeatedRows.ValidationHeader.ToArray());
            await SendAsync(client, firstRow);
            var watch = Stopwatch.StartNew();
            for (long i = 0; i < blocks; i++)
            {
                await SendAsync(client, block);
                if (
                    bytesPerSecond > 0
                    && TimeSpan.FromSeconds((i + 1) * block.Length / (double)bytesPerSecond) - watch.Elapsed
                        is { Ticks: > 0 } early
                )
                {
                    await Task.Delay(early);
                }
            }
        }

        private static async Task SendAsync(Socket client, ReadOnlyMemory<byte> bytes)
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await client.SendAsync(bytes)..];
        }
    }
}
