using System.Net;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>A completed job without usable links is polled for some minutes, and then is an error.</summary>
[Collection(nameof(Alone))]
public sealed class MissingLinksTests : IDisposable
{
    private readonly ExportSaverFixture _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(5000L)]
    [InlineData(null)]
    public async Task SaveAsync_CompletedWithoutLinks_FailsAfterMinutesAndIsNotDone(long? rows)
    {
        _bench.Job = _ => ExportSaverFixture.Completed(rows);
        await _bench.SaveAsync(ExportSaverFixture.Activity(100004, rows));

        LinkedInException error = Assert.Single(_bench.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.ExportLinksMissing, "100004"), (error.Id, error.Target));
        Assert.Contains(rows is null ? "is completed, but" : "and has 5000 rows, but", error.Message, StringComparison.Ordinal);
        Assert.Contains("Get-SalesAnalyticsExportJob -JobId 100004", error.Message, StringComparison.Ordinal);
        Assert.Contains("no download link yet", Assert.Single(_bench.Recorder.Warnings), StringComparison.Ordinal);
        Assert.InRange(_bench.Time.Elapsed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.1));
        Assert.InRange(_bench.StatusRequests.Count, 5, 20);
        Assert.Empty(_bench.SavedJobs);
        Assert.Empty(_bench.Files);
    }

    [Fact]
    public async Task SaveAsync_ValidationJobWithoutLinks_IsNotAnEmptyExport()
    {
        _bench.Job = _ => FakeHttpHandler.Json("""{"status":"COMPLETED"}""");
        await _bench.SaveAsync(
            new CrmValidationExportJob
            {
                JobId = 148,
                CrmInstanceId = EmulatorFixture.Crm,
                Status = "COMPLETED",
            }
        );
        Assert.Equal(LinkedInErrorId.ExportLinksMissing, Assert.Single(_bench.Recorder.Errors).Id);
        Assert.Empty(_bench.SavedJobs);
    }

    [Fact]
    public async Task SaveAsync_LinkThatAppearsAfterAMinute_IsSaved()
    {
        _bench.Job = _ =>
            _bench.Time.Elapsed < TimeSpan.FromMinutes(1)
                ? ExportSaverFixture.Completed(1)
                : ExportSaverFixture.Completed(1, "AQ1");
        await _bench.SaveAsync(ExportSaverFixture.Activity(100004, 1));
        Assert.Single(_bench.Files);
        Assert.Empty(_bench.Recorder.Errors);
        Assert.Equal([100004], _bench.SavedJobs);
        Assert.InRange(_bench.Time.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.6));
    }

    [Fact]
    public async Task SaveAsync_RowCountOfZeroWithoutLinks_IsDoneWithAWarning()
    {
        _bench.Job = _ => ExportSaverFixture.Completed(0);
        await _bench.SaveAsync(ExportSaverFixture.Activity(100004, 0));
        Assert.Contains("row count of 0", Assert.Single(_bench.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(_bench.Recorder.Errors);
        Assert.Equal([100004], _bench.SavedJobs);
        Assert.Equal(TimeSpan.Zero, _bench.Time.Elapsed);
    }

    [Fact]
    public async Task SaveAsync_OutageWhileLinksAreMissing_IsIgnored()
    {
        _bench.Job = _ =>
            _bench.Time.Elapsed.TotalSeconds switch
            {
                < 5 => ExportSaverFixture.Completed(1),
                < 70 => FakeHttpHandler.Json("", HttpStatusCode.ServiceUnavailable),
                _ => ExportSaverFixture.Completed(1, "AQ1"),
            };
        await _bench.SaveAsync(ExportSaverFixture.Activity(100004, 1));
        Assert.Single(_bench.Files);
        Assert.Empty(_bench.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_ManyJobsWithoutLinks_WaitConcurrently()
    {
        _bench.Job = _ => ExportSaverFixture.Completed(7);
        await _bench.SaveAsync(
            new SaveOptions { ThrottleLimit = 1 },
            [.. Enumerable.Range(1, 20).Select(id => ExportSaverFixture.Activity(id, 7))]
        );
        Assert.Equal(20, _bench.Recorder.Errors.Length);
        Assert.InRange(_bench.Time.Elapsed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.1));
    }

    [Fact]
    public async Task SaveAsync_StopAfterWhileLinksAreMissing_ReportsThem()
    {
        _bench.Job = _ => ExportSaverFixture.Completed(7);
        await _bench.SaveAsync(new SaveOptions { StopAfter = TimeSpan.FromSeconds(30) }, ExportSaverFixture.Activity(1, 7));
        Assert.Equal(LinkedInErrorId.ExportLinksMissing, Assert.Single(_bench.Recorder.Errors).Id);
        Assert.Equal(TimeSpan.FromSeconds(30), _bench.Time.Elapsed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaveAsync_FreshLinkThatIsRejectedForAMinute_IsSaved(bool isUnchanged)
    {
        _bench.Job = _ => ExportSaverFixture.Completed(1, isUnchanged ? "AQ0" : "AQ1");
        _bench.File = _ =>
            _bench.Time.Elapsed < TimeSpan.FromMinutes(1)
                ? new HttpResponseMessage(HttpStatusCode.Unauthorized)
                : ExportSaverFixture.Csv(ExportSaverFixture.Row(1));
        await _bench.SaveAsync(ExportSaverFixture.Activity(100004, 1, "AQ0"));
        Assert.Single(_bench.Files);
        Assert.Empty(_bench.Recorder.Errors);
        Assert.InRange(_bench.Time.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.6));
        Assert.InRange(_bench.Downloads.Count, 4, 8);
    }

    [Fact]
    public async Task SaveAsync_FreshLinksThatAreAlwaysRejected_AreAnErrorAfterMinutes()
    {
        _bench.Job = _ => ExportSaverFixture.Completed(1, "AQ1");
        _bench.File = _ => new HttpResponseMessage(HttpStatusCode.Forbidden);
        await _bench.SaveAsync(ExportSaverFixture.Activity(100004, 1, "AQ0"));
        LinkedInException error = Assert.Single(_bench.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.DownloadRejected, 403), (error.Id, error.StatusCode));
        Assert.InRange(_bench.Time.Elapsed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.1));
        Assert.Empty(_bench.SavedJobs);
        Assert.Empty(Directory.GetFiles(_bench.Folder.File("out")));
    }

    [Fact]
    public async Task SaveAsync_LinksThatAreRejectedAndThenMissing_AreMissing()
    {
        _bench.Job = _ => ExportSaverFixture.Completed(1);
        _bench.File = _ => new HttpResponseMessage(HttpStatusCode.Unauthorized);
        await _bench.SaveAsync(ExportSaverFixture.Activity(100004, 1, "AQ0"));
        Assert.Equal(LinkedInErrorId.ExportLinksMissing, Assert.Single(_bench.Recorder.Errors).Id);
        Assert.Empty(_bench.SavedJobs);
    }

    [Fact]
    public async Task SaveAsync_ManyJobsWhoseLinksAreRejected_AreNotWaitedForOneAfterAnother()
    {
        _bench.Job = id => ExportSaverFixture.Completed(1, $"fresh{id}");
        _bench.File = _ => new HttpResponseMessage(HttpStatusCode.Forbidden);
        await _bench.SaveAsync([.. Enumerable.Range(1, 100).Select(id => ExportSaverFixture.Activity(id, 1, $"old{id}"))]);
        Assert.Equal(100, _bench.Recorder.Errors.Length);
        Assert.All(_bench.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.DownloadRejected, error.Id));
        Assert.InRange(_bench.Time.Elapsed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    }
}
