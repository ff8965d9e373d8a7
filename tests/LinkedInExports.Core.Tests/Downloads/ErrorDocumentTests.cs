using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>Responses that are no exports are not saved.</summary>
[Collection(nameof(Alone))]
public sealed class ErrorDocumentTests : IDisposable
{
    private const string Rows = "act-1,LEAD_SAVED,01-05-2026 08:00:00,5,mk-1\nact-2,LEAD_SAVED,01-05-2026 09:00:00,5,mk-2\n";

    private readonly ExportSaverFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    /// <summary>The manifest stores the names of columns.</summary>
    [Theory]
    [InlineData("${token}")]
    [InlineData("activity${token}Type")]
    [InlineData("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQsignature")]
    [InlineData("activityhttps://media.licdn.com/a?x=1Type")]
    public async Task SaveAsync_ColumnNameHasASecretOrALink_IsNotAnExport(string name)
    {
        var token = new Secret("AQh7Rk2Wv9Zp4Lm6Xt");
        name = name.Replace("${token}", token.Value, StringComparison.Ordinal);
        _fixture.File = _ => ExportSaverFixture.Text($"activityId,{name},createdAt,seatId,memberIdentityKey\n" + Rows);
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 2, "AQ"));
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.InvalidExportFile, error.Id);
        Assert.DoesNotContain(name, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_fixture.Folder.Path, "*", SearchOption.AllDirectories));
        Assert.Empty(_fixture.SavedJobs);
        GC.KeepAlive(token);
    }

    [Theory]
    [InlineData("Service temporarily unavailable\n", "plain text")]
    [InlineData("Service temporarily unavailable", "plain text")]
    [InlineData("Sorry, we are closed\nPlease, come back later\n", "plain text")]
    [InlineData("{\"status\":500,\"message\":\"Internal, sadly\"}", "JSON")]
    [InlineData("[\n  {\n", "JSON")]
    [InlineData("<!DOCTYPE html><p>a,b</p>\n", "web page")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "web page or XML")]
    [InlineData("\u0000\u0001,\u0002\n", "binary")]
    public async Task SaveAsync_ErrorDocument_IsNotSavedForAnyType(string text, string type)
    {
        _fixture.File = _ => ExportSaverFixture.Text(text);
        await _fixture.SaveAsync([
            .. new ExportType?[] { ExportType.Seat, ExportType.Activity, ExportType.ActivityOutcome, null }.Select(
                (exportType, index) =>
                    new SalesAnalyticsExportJob(exportType)
                    {
                        JobId = index + 1,
                        Contract = ExportSaverFixture.Contract,
                        Status = "COMPLETED",
                        DownloadUrls = [new SignedUrl(new Uri(ExportSaverFixture.Link("AQ")))],
                    }
            ),
            new CrmValidationExportJob
            {
                JobId = 5,
                CrmInstanceId = EmulatorFixture.Crm,
                Status = "COMPLETED",
                DownloadUrls = [new SignedUrl(new Uri(ExportSaverFixture.Link("AQ")))],
            },
        ]);
        Assert.Equal(5, _fixture.Recorder.Errors.Length);
        Assert.All(
            _fixture.Recorder.Errors,
            error =>
            {
                Assert.Equal(LinkedInErrorId.InvalidExportFile, error.Id);
                Assert.Contains(type, error.Message, StringComparison.Ordinal);
            }
        );
        Assert.Empty(Directory.GetFiles(_fixture.Folder.File("out")));
        Assert.Equal(5, _fixture.Downloads.Count);
        Assert.Empty(_fixture.SavedJobs);
    }

    [Fact]
    public async Task SaveAsync_CrmIdsInBraces_AreNotJson()
    {
        _fixture.File = signature =>
            ExportSaverFixture.Text(
                (signature == "AQ1" ? "crmId,crmRecordType,expiredAt,createdAt\n" : "")
                    + "{0b7c1f52-1111-4222-8333-944455556666},LEAD,1735689600000,1735689600000\n"
                    + signature
                    + ",LEAD,1735689600000,1735689600000\n"
            );
        await _fixture.SaveAsync(
            new CrmValidationExportJob
            {
                JobId = 148,
                CrmInstanceId = EmulatorFixture.Crm,
                Status = "COMPLETED",
                DownloadUrls =
                [
                    new SignedUrl(new Uri(ExportSaverFixture.Link("AQ1"))),
                    new SignedUrl(new Uri(ExportSaverFixture.Link("AQ2"))),
                ],
            }
        );
        Assert.Equal([true, true], _fixture.Files.Select(file => file.IsRecognized));
        Assert.Equal([2L, 2L], _fixture.Files.Select(file => file.RowCount));
        Assert.Equal([148], _fixture.SavedJobs);
    }
}
