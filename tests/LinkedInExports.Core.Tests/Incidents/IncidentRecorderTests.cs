using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Incidents;

public sealed class IncidentRecorderTests
{
    private static readonly IncidentVersions Versions = new("0.1.0", "7.6", "test");

    [Theory]
    [InlineData(10)]
    [InlineData(5_000)]
    public async Task Record_ManyResponses_IsBounded(int bytes)
    {
        var recorder = new IncidentRecorder();
        string body = JsonSerializer.Serialize(new { message = new string('a', bytes) });
        using HttpClient http = CreateClient(recorder, _ => CreateResponse(new StringContent(body)));

        for (int request = 0; request < 500; request++)
            await http.GetStringAsync(new Uri("https://api.linkedin.com/v2/salesContracts"));

        AssertBounded(recorder, requests: 500);
    }

    [Fact]
    public async Task Record_ManyRequestsWithoutResponse_IsBounded()
    {
        var recorder = new IncidentRecorder();
        using HttpClient http = CreateClient(recorder, _ => throw new HttpRequestException("no", new IOException("reset")));

        for (int request = 0; request < 500; request++)
        {
            using var body = new StringContent(JsonSerializer.Serialize(new { message = new string('a', 20_000) }));
            await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(new Uri("https://api.linkedin.com/v2/me"), body));
        }

        AssertBounded(recorder, requests: 500);
    }

    [Fact]
    public async Task Record_RequestThatCannotBeRead_IsOmittedAndSent()
    {
        var recorder = new IncidentRecorder();
        using HttpClient http = CreateClient(recorder, _ => CreateResponse(new StringContent("sent")));

        using HttpResponseMessage response = await http.PostAsync(
            new Uri("https://api.linkedin.com/v2/me"),
            new UnreadableContent()
        );

        Assert.Equal("sent", await response.Content.ReadAsStringAsync());
        Assert.Equal(1, recorder.Snapshot(Versions).OmittedExchanges);
    }

    [Fact]
    public async Task Record_LongRequest_HasOnlyLength()
    {
        var recorder = new IncidentRecorder();
        using HttpClient http = CreateClient(recorder, _ => CreateResponse(new StringContent("")));
        using var body = new ByteArrayContent(new byte[300_000]);

        await http.PostAsync(new Uri("https://api.linkedin.com/v2/me"), body);

        Assert.Equal(300_000, Assert.Single(recorder.Snapshot(Versions).Exchanges).Body!.Length);
    }

    [Fact]
    public async Task Record_LongCompressedBody_HasLengthWithoutEncoding()
    {
        var recorder = new IncidentRecorder();
        ByteArrayContent content = Compress(new byte[2 * 1024 * 1024]);
        long length = (await content.ReadAsByteArrayAsync()).Length;
        using HttpClient http = CreateClient(recorder, _ => CreateResponse(content));

        await http.GetByteArrayAsync(new Uri("https://api.linkedin.com/v2/me"));

        Exchange exchange = Assert.Single(recorder.Snapshot(Versions).Exchanges);
        Assert.Equal(length, exchange.ResponseBody!.Length);
        Assert.DoesNotContain(exchange.ResponseHeaders, header => header.Key == "Content-Encoding");
    }

    [Theory]
    [InlineData("https://www.linkedin.com/ambry/?ep=1")]
    [InlineData("https://api.linkedin.com/v2/me")]
    public async Task Record_LongDecodedBody_KeepsOtherExchanges(string address)
    {
        var recorder = new IncidentRecorder();
        string rows = string.Concat(Enumerable.Repeat("abc-42,1735689600000\n", 45_000));
        byte[] file = Encoding.UTF8.GetBytes($"crmId,createdAt\n{rows}");
        using HttpClient http = CreateClient(
            recorder,
            request =>
                CreateResponse(
                    request.RequestUri!.AbsolutePath == "/v2/job"
                        ? new StringContent("{\"downloadUrl\":\"https://www.linkedin.com/ambry/?ep=1\"}")
                        : Compress(file)
                )
        );

        for (int request = 0; request < 3; request++)
            await http.GetStringAsync(new Uri("https://api.linkedin.com/v2/job"));
        await http.GetByteArrayAsync(new Uri(address));

        IReadOnlyList<Exchange> exchanges = recorder.Snapshot(Versions).Exchanges;
        Assert.Equal(4, exchanges.Count);
        LongText text = exchanges[3].ResponseBody!.LongText!;
        Assert.Equal(file.Length, text.Length);
        Assert.StartsWith("crmId,createdAt\nxxx-11,1111111111111\n", text.Start, StringComparison.Ordinal);
        Assert.EndsWith("xxx-11,1111111111111\n", text.End, StringComparison.Ordinal);
        Assert.DoesNotContain(exchanges[3].ResponseHeaders, header => header.Key == "Content-Encoding");
    }

    [Fact]
    public async Task Record_ShortCompressedFile_HasDecodedTextAndEncoding()
    {
        var recorder = new IncidentRecorder();
        using HttpClient http = CreateClient(recorder, _ => CreateResponse(Compress("crmId,createdAt\nabc-42,17\n"u8.ToArray())));

        await http.GetByteArrayAsync(new Uri("https://api.linkedin.com/v2/me"));

        Exchange exchange = Assert.Single(recorder.Snapshot(Versions).Exchanges);
        Assert.Equal("crmId,createdAt\nxxx-11,11\n", exchange.ResponseBody!.Text);
        Assert.Contains(exchange.ResponseHeaders, header => header.Key == "Content-Encoding");
    }

    [Fact]
    public async Task Record_LongFile_KeepsLengthRowsStartAndEnd()
    {
        var recorder = new IncidentRecorder();
        string file = "crmId,createdAt\n" + string.Concat(Enumerable.Repeat("abc-42,1735689600000\n", 10_000)) + "last-1,2";
        using HttpClient http = CreateClient(
            recorder,
            request =>
                CreateResponse(
                    request.RequestUri!.AbsolutePath == "/v2/job"
                        ? new StringContent("{\"downloadUrl\":\"https://www.linkedin.com/ambry/?ep=1\"}")
                        : new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(file)))
                )
        );

        await http.GetStringAsync(new Uri("https://api.linkedin.com/v2/job"));
        using HttpResponseMessage response = await http.GetAsync(new Uri("https://www.linkedin.com/ambry/?ep=1"));
        await response.Content.ReadAsStringAsync();
        RecordedStreamContent.SetRowCount(response, 10_002);

        Exchange download = recorder.Snapshot(Versions).Exchanges[1];
        LongText text = download.ResponseBody!.LongText!;
        Assert.Matches("^/link/[0-9a-f]{16}$", download.Path);
        Assert.Equal((file.Length, 10_002), (text.Length, text.RowCount));
        Assert.StartsWith("crmId,createdAt\nxxx-11,1111111111111\n", text.Start, StringComparison.Ordinal);
        Assert.EndsWith("xxx-11,1111111111111\nxxxx-1,1", text.End, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_BodyClosedDuringRead_HasTheBytesThatWereRead()
    {
        var recorder = new IncidentRecorder();
        var content = new StreamContent(new StalledStream("crmId,"u8.ToArray()));
        content.Headers.ContentLength = 1000;
        using HttpClient http = CreateClient(recorder, _ => CreateResponse(content));

        using HttpResponseMessage response = await http.GetAsync(
            new Uri("https://api.linkedin.com/v2/me"),
            HttpCompletionOption.ResponseHeadersRead
        );
        Stream body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[6]);
        Task<int> read = body.ReadAsync(new byte[6], 0, 6);
        body.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => read);

        Exchange exchange = Assert.Single(recorder.Snapshot(Versions).Exchanges);
        Assert.Equal((6, IncidentFormat.Reset), (exchange.ResponseBody!.Text?.Length, exchange.Failure));
    }

    [Fact]
    public async Task Record_RequestWithoutResponse_HasFailure()
    {
        var recorder = new IncidentRecorder();
        using HttpClient http = CreateClient(recorder, _ => throw new HttpRequestException("no", new IOException("reset")));

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(new Uri("https://api.linkedin.com/v2/me")));

        Exchange exchange = Assert.Single(recorder.Snapshot(Versions).Exchanges);
        Assert.Equal((null, IncidentFormat.Reset), (exchange.Status, exchange.Failure));
    }

    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, files have no Unix mode.
    public void Save_File_IsForOwnerOnlyAndHasNoValues()
    {
        using var folder = new TempFolder();
        var recorder = new IncidentRecorder { Folder = folder.File("incidents") };
        recorder.AddCommand("Get-CrmValidationExportJob", ["JobId"]);
        var failure = new LinkedInException(LinkedInErrorId.NotFound, $"Could not look up export job {148}: {"gone"}.");
        var error = IncidentError.Create(failure, "ObjectNotFound", "Get-CrmValidationExportJob");
        recorder.AddError(IncidentError.Create(failure, "ObjectNotFound", "Wait-ExportJob"));

        string path = recorder.SaveToFolder(error, Versions);

        JsonElement incident = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
        Assert.Equal("Could not look up export job …: ….", incident.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("Get-CrmValidationExportJob", incident.GetProperty("error").GetProperty("command").GetString());
        Assert.Equal("JobId", incident.GetProperty("commands")[0].GetProperty("parameters")[0].GetString());
        Assert.EndsWith("-Get-CrmValidationExportJob-NotFound.json", path, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    private static void AssertBounded(IncidentRecorder recorder, int requests)
    {
        Incident incident = recorder.Snapshot(Versions);
        Assert.InRange(incident.Exchanges.Count, 1, 400);
        Assert.Equal(requests, incident.Exchanges.Count + incident.OmittedExchanges);
        Assert.InRange(recorder.Size, 1, 1536 * 1024);
    }

    private static HttpClient CreateClient(IncidentRecorder recorder, Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new(recorder.CreateHandler(new AnsweringHandler(answer)));

    private static ByteArrayContent Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return new ByteArrayContent(compressed.ToArray()) { Headers = { ContentEncoding = { "gzip" } } };
    }

    private static HttpResponseMessage CreateResponse(HttpContent content) => new(HttpStatusCode.OK) { Content = content };

    private sealed class AnsweringHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = answer(request);
            response.RequestMessage = request;
            return Task.FromResult(response);
        }
    }

    /// <summary>Ends a read only when it is disposed, like a connection of .NET Framework.</summary>
    private sealed class StalledStream(byte[] start) : MemoryStream(start)
    {
        private readonly TaskCompletionSource<int> _read = new();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : await _read.Task;
        }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _read.TrySetException(new ObjectDisposedException(nameof(StalledStream)));
            base.Dispose(disposing);
        }
    }

    private sealed class UnreadableContent() : ByteArrayContent([])
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new InvalidDataException("unreadable");
    }
}
