using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Tests.ExportJobs;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>Files whose form or number of rows differs from the documentation.</summary>
public sealed class SalesAnalyticsFileTests
{
    [Fact]
    public async Task SaveAsync_RowCountThatIncludesTheHeader_IsAcceptedAndReported()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Behavior = new() { RowCount = RowCountRule.DataAndHeader },
            }
        );
        ExportJob[] jobs = await SalesAnalyticsExport.WaitAsync(
            fixture,
            await SalesAnalyticsExport.CreateAsync(
                fixture,
                ExportType.Activity,
                Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(2), SalesAnalyticsExport.Now)
            )
        );
        SavedExportFile file = Assert.Single(await fixture.SaveAsync(jobs[0]));
        Assert.Equal((48, true), (file.RowCount, file.IsRecognized));
        Assert.Contains("includes the header", Assert.Single(fixture.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(fixture.Recorder.Errors);
    }

    public static TheoryData<EmulatorBehavior, bool, string> OtherFiles =>
        new()
        {
            {
                new EmulatorBehavior { OmittedColumns = ["memberIdentityKey"] },
                true,
                "lack the optional column memberIdentityKey"
            },
            {
                new EmulatorBehavior { HeaderSpelling = HeaderSpelling.Words },
                false,
                "its header spells activityId as 'Activity Id'"
            },
            {
                new EmulatorBehavior { HeaderSpelling = HeaderSpelling.SnakeCase, Delimiter = ";" },
                false,
                "its values are separated by ';' and not by commas"
            },
            {
                new EmulatorBehavior { Delimiter = "\t", RowCount = RowCountRule.DataAndHeader },
                false,
                "its values are separated by tabs and not by commas"
            },
            {
                new EmulatorBehavior { OmittedColumns = ["createdAt", "seatId"] },
                false,
                "its header lacks createdAt, seatId; it has activityId, activityType, memberIdentityKey"
            },
        };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public async Task SaveAsync_FileInAnotherForm_IsSavedReadableAndReported(
        EmulatorBehavior behavior,
        bool isRecognized,
        string report
    )
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Behavior = behavior,
                QuotedActivities = true,
            }
        );
        ExportJob[] jobs = await SalesAnalyticsExport.WaitAsync(
            fixture,
            await SalesAnalyticsExport.CreateAsync(
                fixture,
                ExportType.Activity,
                Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(2), SalesAnalyticsExport.Now)
            )
        );
        SavedExportFile file = Assert.Single(await fixture.SaveAsync(jobs[0]));
        Assert.Equal((48, isRecognized), (file.RowCount, file.IsRecognized));
        Assert.Contains(fixture.Recorder.Warnings, warning => warning.Contains(report, StringComparison.Ordinal));
        Assert.Equal(
            fixture
                .Emulator.GetActivities(
                    7001,
                    SalesAnalyticsExport.Start,
                    SalesAnalyticsExport.Start.AddDays(2).AddMilliseconds(-1)
                )
                .Select(row => row.ActivityId),
            ExportFileReader
                .Read(file.Path, new ImportOptions(), fixture.Recorder, CancellationToken.None)
                .Cast<SalesActivityRecord>()
                .Select(record => record.ActivityId)
        );
        await ExportFileVerifier.RunAsync(file.Path, fixture.Recorder, CancellationToken.None);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(1000)]
    public async Task SaveAsync_OtherRowCountThanAnnounced_SavesTheFileAndWarnsInEachRun(int offset)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Behavior = new() { RowCountOffset = offset },
            }
        );
        ExportJob[] jobs = await SalesAnalyticsExport.WaitAsync(
            fixture,
            await SalesAnalyticsExport.CreateAsync(
                fixture,
                ExportType.Activity,
                Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(2), SalesAnalyticsExport.Now)
            )
        );
        for (int run = 1; run <= 2; run++)
        {
            SavedExportFile file = Assert.Single(await fixture.SaveAsync(jobs[0]));
            Assert.Equal((48, false), (file.RowCount, file.IsRecognized));
            Assert.Equal($"it has 48 rows, and LinkedIn announced {48 + offset}", file.Difference);
            Assert.Equal(fixture.Emulator.GetFileBytes(100004), await File.ReadAllBytesAsync(file.Path));
            Assert.Equal(run, fixture.Recorder.Warnings.Length);
            Assert.Contains(file.Difference!, fixture.Recorder.Warnings[^1], StringComparison.Ordinal);
        }

        Assert.Equal(1, fixture.Downloads);
        Assert.Empty(fixture.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_FileThatEndsEarlyAtTheEndOfARow_IsNotRecognized()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        ExportJob[] jobs = await SalesAnalyticsExport.WaitAsync(
            fixture,
            await SalesAnalyticsExport.CreateAsync(
                fixture,
                ExportType.Activity,
                Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(2), SalesAnalyticsExport.Now)
            )
        );
        byte[] bytes = fixture.Emulator.GetFileBytes(100004);
        int lastRow = Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2);
        fixture.Emulator.Faults.Add(
            Fault.ShortBody(Array.LastIndexOf(bytes, (byte)'\n', lastRow - 1) + 1) with
            {
                PathPrefix = "/ambry/",
            }
        );
        Assert.Equal(
            (46, false),
            Assert.Single(await fixture.SaveAsync(jobs[0])) is var file ? (file.RowCount, file.IsRecognized) : default
        );
    }
}
