using System.Net;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>A run with -StopAfter ends at that time, independent of the server.</summary>
[Collection(nameof(Alone))]
public sealed class SaveTimeTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ExportSaverFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task SaveAsync_DownloadThatTrickles_EndsWithTheTimeAndLeavesNothing(int throttle)
    {
        _fixture.File = signature =>
            signature == "slow"
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new TricklingStream(_fixture.Time)) }
                : ExportSaverFixture.Csv(ExportSaverFixture.Row(1));
        await _fixture.SaveAsync(
            new SaveOptions { StopAfter = Minute, ThrottleLimit = throttle },
            ExportSaverFixture.Activity(1, 1, "quick"),
            ExportSaverFixture.Activity(2, null, "slow"),
            ExportSaverFixture.Activity(3, 1, "late")
        );

        Assert.Equal(Minute, _fixture.Time.Elapsed);
        Assert.Equal(throttle == 1 ? [1] : [1, 3], _fixture.SavedJobs);
        Assert.Equal(throttle == 1 ? 2 : 1, _fixture.Recorder.Errors.Length);
        LinkedInException error = _fixture.Recorder.Errors[0];
        Assert.Equal(LinkedInErrorId.SaveTimedOut, error.Id);
        Assert.EndsWith("activity-2.csv", error.Target, StringComparison.Ordinal);
        Assert.Contains("within 00:01:00", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Get-SalesAnalyticsExportJob -JobId 2 -Contract urn:li:contract:7001 -ExportType Activity | Save-ExportFile",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Directory.GetFiles(_fixture.Folder.File("out")),
            file => file.Contains("activity-2", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task SaveAsync_JobThatComesAfterTheTime_IsAnError()
    {
        using LinkedInClient client = _fixture.Connect();
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = _fixture.Folder.File("out"), StopAfter = Minute });
        var input = new InputBuffer<ExportJob>();
        await _fixture.Time.RunAsync(async () =>
        {
            Task run = saver
                .SaveAsync(input.ReadAllAsync(), _fixture.Recorder, CancellationToken.None)
                .RecordAsync(_fixture.Recorder);
            input.Add(ExportSaverFixture.Activity(1, 1, "AQ"));
            await Task.Delay(2 * Minute, _fixture.Time);
            input.Add(ExportSaverFixture.Activity(2, 1, "AQ"));
            input.CompleteAdding();
            await run;
        });
        Assert.Single(_fixture.Files);
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.SaveTimedOut, "2"), (error.Id, error.Target));
    }

    [Fact]
    public async Task SaveAsync_CanceledByTheUser_IsNoError()
    {
        using var stop = new CancellationTokenSource();
        _fixture.File = _ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(new TricklingStream(_fixture.Time)),
        };
        using LinkedInClient client = _fixture.Connect();
        ExportSaver saver = client.CreateSaver(
            new SaveOptions { Destination = _fixture.Folder.File("out"), StopAfter = TimeSpan.FromHours(1) }
        );
        var input = new InputBuffer<ExportJob>();
        input.Add(ExportSaverFixture.Activity(1, 1, "AQ"));
        input.CompleteAdding();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _fixture.Time.RunAsync(async () =>
            {
                Task run = saver.SaveAsync(input.ReadAllAsync(), _fixture.Recorder, stop.Token).RecordAsync(_fixture.Recorder);
                await Task.Delay(Minute, _fixture.Time);
                await stop.CancelAsync();
                await run;
            })
        );
        Assert.Empty(_fixture.Recorder.Errors);
        Assert.Empty(Directory.GetFiles(_fixture.Folder.File("out")));
    }

    /// <summary>Sends one byte every two seconds, endlessly.</summary>
    private sealed class TricklingStream(SimulatedTimeProvider time) : MemoryStream
    {
        public override bool CanSeek => false;

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), time, cancellationToken);
            buffer.Span[0] = (byte)'a';
            return 1;
        }
    }
}
