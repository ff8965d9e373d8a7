using System.Text.Json;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>
/// Each table is saved. Differences from LinkedIn's documentation are reported, and the file does not count as done.
/// </summary>
[Collection(nameof(Alone))]
public sealed class UnrecognizedFileTests : IDisposable
{
    private const string Rows = "act-1,LEAD_SAVED,01-05-2026 08:00:00,5,mk-1\nact-2,LEAD_SAVED,01-05-2026 09:00:00,5,mk-2\n";

    private readonly ExportSaverFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(
        "activityId,activityType,createdAt,seat,memberIdentityKey\n" + Rows,
        "its header lacks seatId; it has activityId, activityType, createdAt, seat, memberIdentityKey"
    )]
    [InlineData(
        "activity_id,Activity Type,createdAt,seatId,memberIdentityKey\n" + Rows,
        "its header spells activityId as 'activity_id', activityType as 'Activity Type'"
    )]
    [InlineData(
        "kennung,typ,zeit,platz,mitglied\n" + Rows,
        "its header has none of the documented columns activityId, activityType, createdAt, seatId, memberIdentityKey; it "
            + "has kennung, typ, zeit, platz, mitglied"
    )]
    [InlineData(
        Rows + "act-3,LEAD_SAVED,01-05-2026 08:00:00,5,\n",
        "it has no header that is known; it has 3 rows, and LinkedIn announced 2"
    )]
    [InlineData(
        "activityId,activityType,createdAt,seatId,memberIdentityKey\n" + Rows + Rows,
        "it has 4 rows, and LinkedIn announced 2"
    )]
    public async Task SaveAsync_FileThatDiffers_IsReportedAndNotDoneUntilAccepted(string text, string difference)
    {
        _fixture.File = _ => ExportSaverFixture.Text(text);
        for (int run = 1; run <= 3; run++)
        {
            await _fixture.SaveAsync(new SaveOptions { AcceptUnrecognized = run == 3 }, ExportSaverFixture.Activity(1, 2, "AQ"));
            SavedExportFile file = Assert.Single(_fixture.Files);
            Assert.Equal((false, difference), (file.IsRecognized, file.Difference));
            Assert.Equal(text, await File.ReadAllTextAsync(file.Path));
            await ExportFileVerifier.RunAsync(file.Path, _fixture.Recorder, CancellationToken.None);
            Assert.Contains(
                $"activity-1.csv is saved, but differs from LinkedIn's documentation: {difference}.",
                _fixture.Recorder.Warnings[0],
                StringComparison.Ordinal
            );
            Assert.Equal(
                run == 3 ? [] : ["-AcceptUnrecognized"],
                _fixture.Recorder.Warnings.Skip(1).Select(warning => warning[(warning.LastIndexOf(' ') + 1)..].TrimEnd('.'))
            );
            Assert.Equal(run == 3 ? [1] : [], _fixture.SavedJobs);
            Assert.Empty(_fixture.Recorder.Errors);

            JsonElement manifest = JsonDocument.Parse(await File.ReadAllTextAsync(file.Path + ".manifest.json")).RootElement;
            Assert.Equal(
                (false, difference, 2),
                (
                    manifest.GetProperty("isRecognized").GetBoolean(),
                    manifest.GetProperty("difference").GetString(),
                    manifest.GetProperty("announcedRowCount").GetInt64()
                )
            );
        }

        Assert.Single(_fixture.Downloads);
    }

    /// <summary>A difference may come from a damaged transfer. The file is kept until the user requests it again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveAsync_UnrecognizedFile_IsKeptUntilForcedOrDeleted(bool force)
    {
        int downloads = 0;
        _fixture.File = _ =>
            ExportSaverFixture.Text(
                "activityId,activityType,createdAt,seatId,memberIdentityKey\n" + (downloads++ == 0 ? Rows + Rows : Rows)
            );
        for (int run = 1; run <= 2; run++)
        {
            await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 2, "AQ"));
            Assert.False(Assert.Single(_fixture.Files).IsRecognized);
            Assert.Equal(
                run == 2,
                _fixture
                    .Recorder.Warnings[0]
                    .EndsWith(". It is the file of an earlier run; -Force downloads it again.", StringComparison.Ordinal)
            );
            Assert.Contains("To download them again, specify -Force", _fixture.Recorder.Warnings[1], StringComparison.Ordinal);
        }

        if (!force)
            File.Delete(_fixture.Files[0].Path);
        await _fixture.SaveAsync(new SaveOptions { Force = force }, ExportSaverFixture.Activity(1, 2, "AQ"));
        SavedExportFile file = Assert.Single(_fixture.Files);
        Assert.Equal((true, null, 2L), (file.IsRecognized, file.Difference, file.RowCount));
        Assert.Empty(_fixture.Recorder.Warnings);
        Assert.Equal((2, 1), (_fixture.Downloads.Count, _fixture.SavedJobs.Length));
    }

    [Fact]
    public async Task SaveAsync_JobOfUnknownTypeWithoutItsFirstPart_SavesPartsWithKnownHeader()
    {
        _fixture.File = signature =>
            signature == "AQ1" ? ExportSaverFixture.Text("<html></html>") : ExportSaverFixture.Csv(ExportSaverFixture.Row(1));
        var job = new SalesAnalyticsExportJob(null)
        {
            JobId = 1,
            Contract = ExportSaverFixture.Contract,
            Status = "COMPLETED",
            DownloadUrls = ExportSaverFixture.Activity(1, null, "AQ1", "AQ2").DownloadUrls,
        };
        await _fixture.SaveAsync(job);
        Assert.Equal(LinkedInErrorId.InvalidExportFile, Assert.Single(_fixture.Recorder.Errors).Id);
        SavedExportFile file = Assert.Single(_fixture.Files);
        Assert.Equal((2, ExportType.Activity, true), (file.Part, file.ExportType, file.IsRecognized));
    }

    [Fact]
    public async Task SaveAsync_ForcedDownloadThatFails_LeavesTheUnrecognizedFile()
    {
        _fixture.File = _ =>
            ExportSaverFixture.Text("activityId,activityType,createdAt,seatId,memberIdentityKey\n" + Rows + Rows);
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 2, "AQ"));
        string path = Assert.Single(_fixture.Files).Path;
        string text = await File.ReadAllTextAsync(path);

        _fixture.File = _ => ExportSaverFixture.Text("<!DOCTYPE html><p>a,b</p>\n");
        await _fixture.SaveAsync(new SaveOptions { Force = true }, ExportSaverFixture.Activity(1, 2, "AQ"));
        Assert.Equal(LinkedInErrorId.InvalidExportFile, Assert.Single(_fixture.Recorder.Errors).Id);
        Assert.Equal(text, await File.ReadAllTextAsync(path));
        await ExportFileVerifier.RunAsync(path, _fixture.Recorder, CancellationToken.None);
    }

    [Fact]
    public async Task SaveAsync_WithoutAnOptionalColumn_IsRecognizedAndReportedOnce()
    {
        _fixture.File = _ =>
            ExportSaverFixture.Text("activityId,activityType,createdAt,seatId\nact-1,LEAD_SAVED,01-05-2026 08:00:00,5\n");
        await _fixture.SaveAsync([.. Enumerable.Range(1, 5).Select(id => ExportSaverFixture.Activity(id, 1, $"AQ{id}"))]);
        Assert.All(_fixture.Files, file => Assert.Equal((true, null, 1L), (file.IsRecognized, file.Difference, file.RowCount)));
        Assert.Contains(
            "lack the optional column memberIdentityKey",
            Assert.Single(_fixture.Recorder.Warnings),
            StringComparison.Ordinal
        );
        Assert.Equal(5, _fixture.SavedJobs.Length);
    }

    [Fact]
    public async Task SaveAsync_PartsWithOtherSpelling_TakeTheColumnsOfTheFirst()
    {
        _fixture.File = signature =>
            ExportSaverFixture.Text(
                (signature == "AQ1" ? "nummer,art,abgelaufen,angelegt\n" : "") + signature + ",LEAD,1735689600000,1735689600000\n"
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
        Assert.Equal([1L, 1L], _fixture.Files.Select(file => file.RowCount));
        Assert.Equal([false, false], _fixture.Files.Select(file => file.IsRecognized));
        Assert.Empty(_fixture.Recorder.Errors);
        Assert.Empty(_fixture.SavedJobs);
    }

    [Theory]
    [InlineData(3)] // The part that is missing can have the same number of rows.
    [InlineData(null)]
    public async Task SaveAsync_PartsWithTheSameContent_IsOneErrorAndNotDone(int? announced)
    {
        _fixture.File = _ => ExportSaverFixture.Csv(ExportSaverFixture.Row(1));
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, announced, "AQ1", "AQ2", "AQ3"));
        Assert.Equal([true, false, false], _fixture.Files.Select(file => file.IsRecognized));
        Assert.Contains("the same content as another part", _fixture.Files[1].Difference, StringComparison.Ordinal);
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.PartsMismatch, "1"), (error.Id, error.Target));
        Assert.Contains("-part002.csv (and 1 more) has the same content", error.Message, StringComparison.Ordinal);
        Assert.Empty(_fixture.SavedJobs);

        ExportJob job = ExportSaverFixture.Activity(1, announced, "AQ1", "AQ2", "AQ3");
        await _fixture.SaveAsync(new SaveOptions { AcceptUnrecognized = true }, job);
        Assert.Empty(_fixture.Recorder.Errors);
        Assert.Equal(3, _fixture.Recorder.Warnings.Length); // Of the job and of its files.
        Assert.Equal([1], _fixture.SavedJobs);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)] // With one header.
    [InlineData(4, true)] // With the header of each part.
    [InlineData(7, false)]
    public async Task SaveAsync_RowCountOfSeveralParts_IsThatOfAllOfThem(long announced, bool isDone)
    {
        _fixture.File = signature => ExportSaverFixture.Csv(ExportSaverFixture.Row(signature[^1]));
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, announced, "AQ1", "AQ2"));
        Assert.Equal([true, true], _fixture.Files.Select(file => file.IsRecognized));
        Assert.Equal(isDone ? [1] : [], _fixture.SavedJobs);
        Assert.Equal(announced is 2 or 7 ? 0 : 1, _fixture.Recorder.Warnings.Length);
        Assert.Equal(isDone ? 0 : 1, _fixture.Recorder.Errors.Length);
    }

    [Fact]
    public async Task SaveAsync_KeptFileWithOtherRowsThanAnnouncedNow_IsKept()
    {
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, null, "AQ"));
        Assert.Single(_fixture.Files);
        foreach (long announced in new long[] { 1, 2 })
        {
            await _fixture.SaveAsync(ExportSaverFixture.Activity(1, announced, "AQ"));
            Assert.Single(_fixture.Files);
        }

        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 250, "AQ"));
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.FileExists, error.Id);
        Assert.Contains("has 1 rows, and LinkedIn now announces 250", error.Message, StringComparison.Ordinal);
        Assert.Single(_fixture.Downloads);
        Assert.Equal([1, 1, 1], _fixture.SavedJobs);
    }

    [Fact]
    public async Task SaveAsync_EmptyExportWithoutHeader_IsKeptByTheNextRun()
    {
        _fixture.File = _ => ExportSaverFixture.Text("");
        var job = new SalesAnalyticsExportJob(ExportType.Seat)
        {
            JobId = 1,
            Contract = ExportSaverFixture.Contract,
            Status = "COMPLETED",
            RowCount = 0,
            DownloadUrls = [new SignedUrl(new Uri(ExportSaverFixture.Link("AQ")))],
        };
        await _fixture.SaveAsync(job);
        await _fixture.SaveAsync(job);
        Assert.Equal((0L, 0L), (_fixture.Files[0].RowCount, _fixture.Files[0].Length));
        Assert.Empty(_fixture.Recorder.Errors);
        Assert.Single(_fixture.Downloads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaveAsync_SameNumberOfAnotherOwner_IsAnErrorAndNotDroppedOrOverwritten(bool force)
    {
        _fixture.File = signature => ExportSaverFixture.Csv(ExportSaverFixture.Row(signature[^1]));
        SalesAnalyticsExportJob first = ExportSaverFixture.Activity(148, 1, "AQ1");
        SalesAnalyticsExportJob second = ExportSaverFixture.Activity(148, 1, "AQ2") with { Contract = "urn:li:contract:7002" };
        await _fixture.SaveAsync(new SaveOptions { Force = force }, first, second, first);
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.FileExists, "148"), (error.Id, error.Target));
        Assert.Contains(
            "of urn:li:contract:7002 has the same number and file names as a job of urn:li:contract:7001",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["AQ1"], _fixture.Downloads);

        // In a separate run, the folder shows to whom the file belongs.
        await _fixture.SaveAsync(second);
        Assert.Contains(
            "belongs to urn:li:contract:7001",
            Assert.Single(_fixture.Recorder.Errors).Message,
            StringComparison.Ordinal
        );
        Assert.Equal([148], _fixture.SavedJobs);
    }
}
