using System.Net;
using System.Text;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>Responses that a proxy or a defective server might send.</summary>
public sealed class MalformedResponseTests : IDisposable
{
    private const string Export = "crmId,crmRecordType,expiredAt,createdAt\na,LEAD,1,2\n";

    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SaveAsync_CompleteExport_IsSaved() => Assert.Single(await SaveAsync(Body(Export)));

    [Theory]
    [InlineData(HttpStatusCode.PartialContent)]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.NonAuthoritativeInformation)]
    public async Task SaveAsync_OtherSuccessStatus_ReportsDownloadIncomplete(HttpStatusCode status)
    {
        Assert.Empty(await SaveAsync(Body(Export, status)));
        Assert.Equal(LinkedInErrorId.DownloadIncomplete, Assert.Single(_recorder.Errors).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\r\n")]
    public async Task SaveAsync_EmptyBody_ReportsDownloadIncomplete(string text)
    {
        Assert.Empty(await SaveAsync(Body(text)));
        Assert.Equal(LinkedInErrorId.DownloadIncomplete, Assert.Single(_recorder.Errors).Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task SaveAsync_LengthDiffersFromAnnounced_ReportsDownloadIncomplete(int offset)
    {
        Assert.Empty(await SaveAsync(() => Body(Export, Export.Length + offset)()));
        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal(LinkedInErrorId.DownloadIncomplete, error.Id);
        Assert.Contains($"{Export.Length} of {Export.Length + offset} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_NoLengthAndNoLastLineBreak_ReportsDownloadIncomplete()
    {
        Assert.Single(await SaveAsync(Body(Export, null)));
        _folder.Dispose();
        Directory.CreateDirectory(_folder.Path);
        Assert.Single(await SaveAsync(Body(Export.TrimEnd(), null))); // The existing file.
        Assert.Equal(LinkedInErrorId.DownloadIncomplete, Assert.Single(_recorder.Errors).Id);
    }

    [Theory]
    [InlineData("{\"error\":1,\"a\":2,\"b\":3,\"c\":4}")]
    [InlineData("Sorry, we are, for now, closed")]
    [InlineData("{\n\"error\": 1\n}")]
    public async Task SaveAsync_LaterPartIsNoExport_ReportsInvalidExportFile(string text)
    {
        int request = 0;
        SavedExportFile[] files = await SaveAsync(() => Body(++request == 1 ? Export : text + "\n")(), parts: 2);
        Assert.Equal([1], files.Select(file => file.Part));
        Assert.Equal(LinkedInErrorId.InvalidExportFile, Assert.Single(_recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_EndlessErrorBody_DoesNotHang()
    {
        SavedExportFile[] files = await SaveAsync(() =>
            new HttpResponseMessage(HttpStatusCode.InternalServerError) { Content = new StreamContent(new SilentStream()) }
        );
        Assert.Empty(files);
        Assert.Equal(LinkedInErrorId.ServerError, Assert.Single(_recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_NetworkLayerCancels_Retries()
    {
        int request = 0;
        SavedExportFile[] files = await SaveAsync(() =>
            ++request < 3 ? throw new TaskCanceledException("connect timeout", new TimeoutException()) : Body(Export)()
        );
        Assert.Single(files);
    }

    [Fact]
    public async Task SaveAsync_JobWhoseNumberOfFilesChanges_IsOneErrorAndRequestedOnce()
    {
        int jobs = 0;
        using LinkedInClient client = Connect(request =>
        {
            if (request.RequestUri!.Host == "www.linkedin.com")
                return new HttpResponseMessage(HttpStatusCode.Unauthorized);
            jobs++;
            return FakeHttpHandler.Json(
                """{"status":"COMPLETED","downloadUrls":["https://www.linkedin.com/ambry/?a","https://www.linkedin.com/ambry/?b"]}"""
            );
        });
        Assert.Empty(await SaveAsync(client, parts: 3));
        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal((LinkedInErrorId.UnexpectedResponse, "1"), (error.Id, error.Target));
        Assert.Contains("had 3 files and now has 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, jobs);
    }

    private static Func<HttpResponseMessage> Body(string text, HttpStatusCode status = HttpStatusCode.OK) =>
        Body(text, text.Length, status);

    private static Func<HttpResponseMessage> Body(string text, int? length, HttpStatusCode status = HttpStatusCode.OK) =>
        () =>
        {
            var content = new StreamContent(new UnseekableStream(Encoding.UTF8.GetBytes(text)));
            content.Headers.ContentLength = length;
            return new HttpResponseMessage(status) { Content = content };
        };

    private async Task<SavedExportFile[]> SaveAsync(Func<HttpResponseMessage> answer, int parts = 1)
    {
        using LinkedInClient client = Connect(_ => answer());
        return await SaveAsync(client, parts);
    }

    private async Task<SavedExportFile[]> SaveAsync(LinkedInClient client, int parts)
    {
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = _folder.Path, ThrottleLimit = 1 });
        var input = new InputBuffer<ExportJob>();
        input.Add(
            new CrmValidationExportJob
            {
                JobId = 1,
                CrmInstanceId = EmulatorFixture.Crm,
                Status = "COMPLETED",
                DownloadUrls =
                [
                    .. Enumerable
                        .Range(1, parts)
                        .Select(part => new SignedUrl(new Uri($"https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ{part}"))),
                ],
            }
        );
        input.CompleteAdding();
        await saver.SaveAsync(input.ReadAllAsync(), _recorder, CancellationToken.None).RecordAsync(_recorder);
        return [.. _recorder.Outputs.Cast<SavedExportFile>()];
    }

    [Fact]
    public async Task SaveAsync_EndlessRow_FailsWithoutFillingMemory()
    {
        var endless = new EndlessRow();
        Assert.Empty(await SaveAsync(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(endless) }));
        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal(LinkedInErrorId.InvalidExportFile, error.Id);
        Assert.Contains("longer than 16 MB", error.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Sent, 16 << 20, 40 << 20);
        Assert.Empty(_folder.Names);
    }

    private static LinkedInClient Connect(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new FakeHttpHandler(answer).Connect(EmulatorFixture.ShortResponseTimeout);

    /// <summary>A header and an endless quoted value.</summary>
    private sealed class EndlessRow : MemoryStream
    {
        private readonly byte[] _start = Encoding.UTF8.GetBytes("crmId,crmRecordType,expiredAt,createdAt\n\"");

        internal long Sent { get; private set; }

        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            int length = buffer.Length;
            if (Sent == 0)
                _start.CopyTo(buffer[..(length = _start.Length)]);
            Sent += length;
            return new ValueTask<int>(length);
        }
    }

    /// <summary>A body whose length only its header shows.</summary>
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
