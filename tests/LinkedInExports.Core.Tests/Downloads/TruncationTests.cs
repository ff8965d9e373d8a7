using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>
/// Files that are cut at each byte. If the transport shows it (fewer bytes than announced, or a missing chunk), each cut is
/// detected. If the server considers the short file complete, only its content can show it. These tests state exactly which
/// cuts are not detected.
/// </summary>
public sealed class TruncationTests(ITestOutputHelper output)
{
    /// <summary>How the end of a body is marked.</summary>
    public enum End
    {
        /// <summary>The server announces the length of what it sends.</summary>
        Length,

        /// <summary>The last chunk.</summary>
        Chunks,

        /// <summary>The end of the connection.</summary>
        Connection,
    }

    [Theory]
    [InlineData(End.Length)]
    [InlineData(End.Chunks)]
    [InlineData(End.Connection)]
    public async Task SaveAsync_TruncatedValidation_IsDetectedInsideRows(End end)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 1,
                RowsPerPart = 5,
            }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        byte[] whole = fixture.Emulator.GetFileBytes(job.JobId, 1);

        // LinkedIn announces no number of rows for validations, so a file that ends with a row, with or without its line break,
        // is accepted. If only the end of the connection marks the end of the file, the line break is required.
        int firstRow = Array.IndexOf(whole, (byte)'\n') + 1;
        int[] expected =
        [
            .. Cuts(whole)
                .Where(cut =>
                    cut >= firstRow - 1 && ((whole[cut] == '\n' && end != End.Connection) || (cut > 0 && whole[cut - 1] == '\n'))
                ),
        ];
        Assert.Equal(expected, await FindAcceptedCutsAsync(job, whole, end));
    }

    [Theory]
    [InlineData(End.Length, 24)]
    [InlineData(End.Chunks, 24)]
    [InlineData(End.Connection, 24)]
    [InlineData(End.Length, 20)]
    [InlineData(End.Chunks, 20)]
    [InlineData(End.Connection, 20)]
    public async Task SaveAsync_TruncatedActivityWithQuotes_IsDetectedInsideRows(End end, int hours)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                QuotedActivities = true,
                ActivityInterval = TimeSpan.FromHours(2),
            }
        );
        SalesAnalyticsExportJob job = await fixture.Client.SalesAnalytics.CreateAsync(
            ExportType.Activity,
            ContractUrn.Parse("7001"),
            new Period(EmulatorFixture.Start, EmulatorFixture.Start.AddHours(hours).AddMilliseconds(-1)),
            fixture.Recorder,
            CancellationToken.None
        );
        ExportJob completed = await fixture.Client.Jobs.GetAsync(job, fixture.Recorder, CancellationToken.None);
        byte[] whole = fixture.Emulator.GetFileBytes(job.JobId, 1);

        // The number of rows is announced, and no quote may be open. Not detected are cuts in the last value of the last row,
        // before its first quote or after its last one, and cuts of the last line break unless only the end of the connection
        // marks the end. Without its last row, a file has the announced number of rows if LinkedIn counts the header, which is
        // not documented.
        int lastComma = LastCommaOutsideQuotes(whole);
        int lastRow = StartOfLastRow(whole);
        int[] expected = end == End.Connection ? [] : [.. new[] { lastRow, lastComma + 1, whole.Length - 1 }.Distinct()];
        Assert.Equal(expected, await FindAcceptedCutsAsync(completed, whole, end));
    }

    private async Task<int[]> FindAcceptedCutsAsync(ExportJob job, byte[] whole, End end)
    {
        var taken = new List<int>();
        foreach (int cut in Cuts(whole))
        {
            using var folder = new TempFolder();
            using var client = new LinkedInClient(
                new LinkedInClientOptions
                {
                    AccessToken = new StaticTokenSource("token"),
                    HttpHandler = new FakeHttpHandler(_ => Answer(whole[..cut], end)),
                    Retry = new() { MaxRetries = 0 },
                }
            );
            ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = folder.Path });
            var input = new InputBuffer<ExportJob>();
            input.Add(job with { DownloadUrls = [new SignedUrl(new Uri("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ"))] });
            input.CompleteAdding();
            var recorder = new RecordingOutput();
            await saver.SaveAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder);
            if (recorder.Errors.Length == 0 && !((SavedExportFile)recorder.Outputs[0]).IsRecognized)
            {
                // Saved, with a warning about the number of rows.
                Assert.Contains("rows, and LinkedIn announced", Assert.Single(recorder.Warnings), StringComparison.Ordinal);
            }
            else if (recorder.Errors.Length == 0)
            {
                Assert.Equal(whole[..cut], await File.ReadAllBytesAsync(((SavedExportFile)recorder.Outputs[0]).Path));
                taken.Add(cut);
            }
            else
            {
                Assert.Contains(
                    Assert.Single(recorder.Errors).Id,
                    new[] { LinkedInErrorId.DownloadIncomplete, LinkedInErrorId.InvalidExportFile }
                );
                Assert.Empty(folder.Names);
            }
        }

        output.WriteLine(
            $"{job.ExportType} file of {whole.Length} bytes, end by {end}: {whole.Length - taken.Count} of {whole.Length} "
                + "truncations noticed."
        );
        return [.. taken];
    }

    private static HttpResponseMessage Answer(byte[] body, End end)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new MemoryStream(body)) };
        answer.Content.Headers.ContentLength = end == End.Length ? body.Length : null;
        answer.Headers.TransferEncodingChunked = end == End.Chunks ? true : null;
        if (end == End.Length)
            return answer;

        // A stream that is not seekable has no length.
        answer.Content = new StreamContent(new Unsought(body));
        return answer;
    }

    private static IEnumerable<int> Cuts(byte[] whole) => Enumerable.Range(0, whole.Length);

    private static int LastCommaOutsideQuotes(byte[] whole)
    {
        int last = -1;
        bool isQuoted = false;
        for (int at = 0; at < whole.Length; at++)
        {
            isQuoted ^= whole[at] == '"';
            if (whole[at] == ',' && !isQuoted)
                last = at;
        }

        return last;
    }

    private static int StartOfLastRow(byte[] whole)
    {
        int start = 0;
        bool isQuoted = false;
        for (int at = 0; at < whole.Length - 1; at++)
        {
            isQuoted ^= whole[at] == '"';
            if (whole[at] == '\n' && !isQuoted)
                start = at + 1;
        }

        return start;
    }

    private sealed class Unsought(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
