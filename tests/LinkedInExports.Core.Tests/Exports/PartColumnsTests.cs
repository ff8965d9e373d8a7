using System.Net;
using System.Text;
using LinkedInExports.Core.Auth;
using LinkedInExports.Core.Exports.Saving;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Exports;

/// <summary>The parts of one export have the same columns, or something is wrong.</summary>
public sealed class PartColumnsTests : IDisposable
{
    private const string Usual = "crmId,crmRecordType,expiredAt,createdAt";

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _files = [];
    private readonly List<ExportJob> _saved = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Usual + ",owner")]
    [InlineData("crmRecordType,crmId,expiredAt,createdAt")]
    public async Task A_part_with_other_columns_is_reported_and_the_job_is_not_done_now_or_later(string header)
    {
        for (int run = 1; run <= 2; run++)
        {
            Heard heard = await SaveAsync(Usual, header, Usual);
            LinkedInException error = Assert.Single(heard.Errors);
            Assert.Equal(LinkedInErrorId.DownloadNotAnExport, error.Id);
            Assert.EndsWith("part002.csv", error.Target, StringComparison.Ordinal);
            Assert.Contains(header.Replace(",", ", ", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
            Assert.Equal([1, 3], heard.Outputs.Cast<SavedExportFile>().Select(file => file.Part));
            Assert.Empty(_saved);
        }
    }

    [Fact]
    public async Task Case_and_blanks_do_not_make_other_columns()
    {
        Heard heard = await SaveAsync(Usual, "CRMID, crmRecordType,expiredAt ,createdAt");
        Assert.Empty(heard.Errors);
        Assert.Single(_saved);
    }

    private async Task<Heard> SaveAsync(params string[] headers)
    {
        for (int part = 1; part <= headers.Length; part++)
            _files[$"AQ{part}"] = headers[part - 1] + "\nLEAD,LEAD,1735689600000,1735689600000" + (headers[part - 1].Contains("owner", StringComparison.Ordinal) ? ",me\n" : "\n");
        using var client = new LinkedInClient(new LinkedInClientOptions
        {
            AccessToken = new FixedAccessToken("token"),
            Network = new FakeNetwork(request => new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(_files[request.RequestUri!.Query.Split('=')[1]], Encoding.UTF8, "text/csv"),
            }),
        });
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = _folder.File("out"), JobSaved = (job, _) => _saved.Add(job) });
        saver.Add(new CrmValidationExportJob
        {
            JobId = 148,
            CrmInstanceId = Session.Crm,
            Status = "COMPLETED",
            DownloadUrls = [.. _files.Keys.Select(key => new SignedUrl(new Uri($"https://www.linkedin.com/ambry/?x-li-ambry-ep={key}")))],
        });
        saver.CompleteAdding();
        var heard = new Heard();
        await saver.RunAsync(heard, CancellationToken.None);
        return heard;
    }
}
