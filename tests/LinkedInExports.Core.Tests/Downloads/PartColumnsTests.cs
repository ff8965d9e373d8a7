using System.Net;
using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>The parts of one export must have the same columns.</summary>
public sealed class PartColumnsTests : ISavedJobObserver, IDisposable
{
    private const string Usual = "crmId,crmRecordType,expiredAt,createdAt";

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _files = [];
    private readonly List<ExportJob> _saved = [];

    void ISavedJobObserver.MarkSaved(ExportJob job, IDiagnostics output) => _saved.Add(job);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Usual + ",owner")]
    [InlineData("crmRecordType,crmId,expiredAt,createdAt")]
    public async Task SaveAsync_PartWithOtherColumns_IsSavedAndTheJobIsNotDoneUntilAccepted(string header)
    {
        for (int run = 1; run <= 3; run++)
        {
            RecordingOutput recorder = await SaveAsync(run == 3, Usual, header, Usual);
            Assert.Empty(recorder.Errors);
            Assert.Equal([true, false, true], recorder.Outputs.Cast<SavedExportFile>().Select(file => file.IsRecognized));
            string difference = ((SavedExportFile)recorder.Outputs[1]).Difference!;
            Assert.Equal(
                $"its columns ({header.Replace(",", ", ", StringComparison.Ordinal)}) differ from those of the parts before it "
                    + $"({Usual.Replace(",", ", ", StringComparison.Ordinal)})",
                difference
            );
            Assert.Contains(
                $"part002.csv is saved, but differs from LinkedIn's documentation: {difference}.",
                recorder.Warnings[0],
                StringComparison.Ordinal
            );
            Assert.Equal(run == 3 ? 1 : 2, recorder.Warnings.Length);
            Assert.Equal(run == 3 ? 1 : 0, _saved.Count);
        }
    }

    [Fact]
    public async Task SaveAsync_ColumnsDifferInCaseAndBlanks_AreTheSame()
    {
        RecordingOutput recorder = await SaveAsync(acceptUnrecognized: false, Usual, "CRMID, crmRecordType,expiredAt ,createdAt");
        Assert.Empty(recorder.Errors);
        Assert.Single(_saved);
    }

    private async Task<RecordingOutput> SaveAsync(bool acceptUnrecognized, params string[] headers)
    {
        for (int part = 1; part <= headers.Length; part++)
        {
            _files[$"AQ{part}"] =
                headers[part - 1]
                + $"\nLEAD,LEAD,173568960000{part},1735689600000"
                + (headers[part - 1].Contains("owner", StringComparison.Ordinal) ? ",me\n" : "\n");
        }

        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                HttpHandler = new FakeHttpHandler(request => new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(_files[request.RequestUri!.Query.Split('=')[1]], Encoding.UTF8, "text/csv"),
                }),
            }
        );
        var options = new SaveOptions { Destination = _folder.File("out"), AcceptUnrecognized = acceptUnrecognized };
        ExportSaver saver = client.CreateSaver(options, this);
        var input = new InputBuffer<ExportJob>();
        input.Add(
            new CrmValidationExportJob
            {
                JobId = 148,
                CrmInstanceId = EmulatorFixture.Crm,
                Status = "COMPLETED",
                DownloadUrls =
                [
                    .. _files.Keys.Select(key => new SignedUrl(new Uri($"https://www.linkedin.com/ambry/?x-li-ambry-ep={key}"))),
                ],
            }
        );
        input.CompleteAdding();
        var recorder = new RecordingOutput();
        await saver.SaveAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder);
        return recorder;
    }
}
