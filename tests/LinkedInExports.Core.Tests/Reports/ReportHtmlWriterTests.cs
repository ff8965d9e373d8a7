using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>The written page: its policy and its encoding of values.</summary>
public sealed class ReportHtmlWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_Policy_AllowsOnlyOwnScriptAndStyle()
    {
        var report = new ExportReport(new ReportOptions());
        string path = _folder.Write("export.csv", "crmId,crmRecordType,expiredAt,createdAt\na,C,1,2\n");
        report.AddFile(path, new ImportOptions(), new RecordingOutput(), CancellationToken.None);
        ReportDocument page = ReportDocument.Create(report);
        Assert.Equal(
            "default-src 'none'; "
                + $"script-src 'sha256-{Hash(page.Script)}'; style-src 'sha256-{Hash(page.Style)}'; "
                + "img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            page.Policy
        );
        Assert.DoesNotContain("\r", page.Html, StringComparison.Ordinal);
        foreach (
            string sink in new[]
            {
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "fetch(",
                "XMLHttpRequest",
                "import(",
            }
        )
        {
            Assert.DoesNotContain(sink, page.Script, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("@import", page.Style, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page.Style, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!-- <script>")]
    [InlineData("\"'&<>`")]
    [InlineData("{{script}}{{data}}")]
    [InlineData("a\u2028b\u2029c\u202ed\u200fe\0f")]
    public void Save_AnyValue_IsEncoded(string value)
    {
        var report = new ExportReport(new ReportOptions { Title = value });
        report.Add(
            TestRow.Create(
                ("CrmId", value),
                ("CrmRecordType", value),
                ("ExpiredAt", 1L),
                ("CreatedAt", 1L),
                ("Owner", value),
                (value, value)
            )
        );
        ReportDocument page = ReportDocument.Create(report);

        Assert.Equal([value], page.Column("changed-company", "CrmId"));
        Assert.Equal([value], page.Column("changed-company", value));
        Assert.Equal(value, page.Data.GetProperty("title").GetString());
        Assert.DoesNotContain('<', page.Json);
        Assert.All(page.Json, character => Assert.InRange(character, ' ', '~'));
        string frame = page
            .Html.Replace(page.Json, "", StringComparison.Ordinal)
            .Replace(page.Script, "", StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)</script>", frame, StringComparison.Ordinal);
        Assert.Equal(2, frame.Split("<script").Length - 1);
    }

    [Fact]
    public void Save_NoRecords_WritesEmptyReport()
    {
        ReportDocument page = ReportDocument.Create(new ExportReport(new ReportOptions { Time = new FakeTimeProvider() }));
        Assert.Empty(page.Sections);
        Assert.Equal(
            new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
            page.Data.GetProperty("madeAt").GetInt64()
        );
    }

    [Fact]
    public void Save_ExistingFile_IsReplacedAtomically()
    {
        var report = new ExportReport(new ReportOptions());
        string path = _folder.Write("report.html", "old");
        report.Save(path);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(["report.html"], _folder.Names);

        LinkedInException error = Assert.Throws<LinkedInException>(() => report.Save(_folder.File("none/report.html")));
        Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
