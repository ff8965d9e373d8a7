using System.Net;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>A completed job without usable links is polled for some minutes, and then is an error.</summary>
[Collection(nameof(Alone))]
public sealed class MissingLinksTests : IDisposable
{
    private readonly ExportSaverFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(5000L)]
    [InlineData(null)]
    public async Task SaveAsync_CompletedWithoutLinks_FailsAfterMinutesAndIsNotDone(long? rows)
    {
        _fixture.Job = _ => ExportSaverFixture.Completed(rows);
        await _fixture.SaveAsync(ExportSaverFixture.Activity(100004, rows));

        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.ExportLinksMissing, "100004"), (error.Id, error.Target));
        Assert.Contains(rows is null ? "is completed, but" : "and has 5000 rows, but", error.Message, StringComparison.Ordinal);
        Assert.Contains("Get-SalesAnalyticsExportJob -JobId 100004", error.Message, StringComparison.Ordinal);
        Assert.Contains("no download link yet", Assert.Single(_fixture.Recorder.Warnings), StringComparison.Ordinal);
        Assert.InRange(_fixture.Time.Elapsed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.1));
        Assert.InRange(_fixture.StatusRequests.Count, 5, 20);
        Assert.Empty(_fixture.SavedJobs);
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task SaveAsync_ValidationJobWithoutLinks_IsNotAnEmptyExport()
    {
        _fixture.Job = _ => FakeHttpHandler.Json("""{"status":"COMPLETED"}""");
        await _fixture.SaveAsync(
            new CrmValidationExportJob
            {
                JobId = 148,
                CrmInstanceId = EmulatorFixture.Crm,
                Status = "COMPLETED",
            }
        );
        Assert.Equal(LinkedInErrorId.ExportLinksMissing, Assert.Single(_fixture.Recorder.Errors).Id);
        Assert.Empty(_fixture.SavedJobs);
    }

    [Fact]
    public async Task SaveAsync_LinkThatAppearsAfterAMinute_IsSaved()
    {
        _fixture.Job = _ =>
            _fixture.Time.Elapsed < TimeSpan.FromMinutes(1)
                ? ExportSaverFixture.Completed(1)
                : ExportSaverFixture.Completed(1, "AQ1");
        await _fixture.SaveAsync(ExportSaverFixture.Activity(100004, 1));
        Assert.Single(_fixture.Files);
        Assert.Empty(_fixture.Recorder.Errors);
        Assert.Equal([100004], _fixture.SavedJobs);
        Assert.InRange(_fixture.Time.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.6));
    }

    [Fact]
    public async Task SaveAsync_RowCountOfZeroWithoutLinks_IsDoneWithAWarning()
    {
        _fixture.Job = _ => ExportSaverFixture.Completed(0);
        await _fixture.SaveAsync(ExportSaverFixture.Activity(100004, 0));
        Assert.Contains("row count of 0", Assert.Single(_fixture.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(_fixture.Recorder.Errors);
        Assert.Equal([100004], _fixture.SavedJobs);
        Assert.Equal(TimeSpan.Zero, _fixture.Time.Elapsed);
    }

    [Fact]
    public async Task SaveAsync_OutageWhileLinksAreMissing_IsIgnored()
    {
        _fixture.Job = _ =>
            _fixture.Time.Elapsed.TotalSeconds switch
            {
                < 5 => ExportSaverFixture.Completed(1),
                < 70 => FakeHttpHandler.Json("", HttpStatusCode.ServiceUnavailable),
                _ => ExportSaverFixture.Completed(1, "AQ1"),
            };
        await _fixture.SaveAsync(ExportSaverFixture.Activity(100004, 1));
        Assert.Single(_fixture.Files);
        Assert.Empty(_fixture.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_ManyJobsWithoutLinks_WaitConcurrently()
    {
        _fixture.Job = _ => ExportSaverFixture.Completed(7);
        await _fixture.SaveAsync(
            new SaveOptions { ThrottleLimit = 1 },
            [.. Enumerable.Range(1, 20).Select(id => ExportSaverFixture.Activity(id, 7))]
        );
        Assert.Equal(20, _fixture.Recorder.Errors.Length);
        Assert.InRange(_fixture.Time.Elapsed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.1));
    }

    [Fact]
    public async Task SaveAsync_StopAfterWhileLinksAreMissing_ReportsThem()
    {
        _fixture.Job = _ => ExportSaverFixture.Completed(7);
        await _fixture.SaveAsync(new SaveOptions { StopAfter = TimeSpan.FromSeconds(30) }, ExportSaverFixture.Activity(1, 7));
        Assert.Equal(LinkedInErrorId.ExportLinksMissing, Assert.Single(_fixture.Recorder.Errors).Id);
        Assert.Equal(TimeSpan.FromSeconds(30), _fixture.Time.Elapsed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaveAsync_FreshLinkThatIsRejectedForAMinute_IsSaved(bool isUnchanged)
    {
        _fixture.Job = _ => ExportSaverFixture.Completed(1, isUnchanged ? "AQ0" : "AQ1");
        _fixture.File = _ =>
            _fixture.Time.Elapsed < TimeSpan.FromMinutes(1)
                ? new HttpResponseMessage(HttpStatusCode.Unauthorized)
                : ExportSaverFixture.Csv(ExportSaverFixture.Row(1));
        await _fixture.SaveAsync(ExportSaverFixture.Activity(100004, 1, "AQ0"));
        Assert.Single(_fixture.Files);
        Assert.Empty(_fixture.Recorder.Errors);
        Assert.InRange(_fixture.Time.Elapsed, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.6));
        Assert.InRange(_fixture.Downloads.Count, 4, 8);
    }

    [Fact]
    public async Task SaveAsync_FreshLinksThatAreAlwaysRejected_AreAnErrorAfterMinutes()
    {
        _fixture.Job = _ => ExportSaverFixture.Completed(1, "AQ1");
        _fixture.File = _ => new HttpResponseMessage(HttpStatusCode.Forbidden);
        await _fixture.SaveAsync(ExportSaverFixture.Activity(100004, 1, "AQ0"));
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.DownloadRejected, 403), (error.Id, error.StatusCode));
        Assert.InRange(_fixture.Time.Elapsed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.1));
        Assert.Empty(_fixture.SavedJobs);
        Assert.Empty(Directory.GetFiles(_fixture.Folder.File("out")));
    }

    [Fact]
    public async Task SaveAsync_LinksThatAreRejectedAndThenMissing_AreMissing()
    {
        _fixture.Job = _ => ExportSaverFixture.Completed(1);
        _fixture.File = _ => new HttpResponseMessage(HttpStatusCode.Unauthorized);
        await _fixture.SaveAsync(ExportSaverFixture.Activity(100004, 1, "AQ0"));
        Assert.Equal(LinkedInErrorId.ExportLinksMissing, Assert.Single(_fixture.Recorder.Errors).Id);
        Assert.Empty(_fixture.SavedJobs);
    }

    [Fact]
    public async Task SaveAsync_ManyJobsWhoseLinksAreRejected_AreNotWaitedForOneAfterAnother()
    {
        _fixture.Job = id => ExportSaverFixture.Completed(1, $"fresh{id}");
        _fixture.File = _ => new HttpResponseMessage(HttpStatusCode.Forbidden);
        await _fixture.SaveAsync([.. Enumerable.Range(1, 100).Select(id => ExportSaverFixture.Activity(id, 1, $"old{id}"))]);
        Assert.Equal(100, _fixture.Recorder.Errors.Length);
        Assert.All(_fixture.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.DownloadRejected, error.Id));
        Assert.InRange(_fixture.Time.Elapsed, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    }
}
