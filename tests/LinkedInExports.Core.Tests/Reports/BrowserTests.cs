using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>The page in a browser: its script runs under its policy, and hostile data has no effect.</summary>
public sealed partial class BrowserTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task Open_LargeReport_DrawsChartsAndRowsWithoutConsoleOutput()
    {
        string csv = _folder.Write(
            "crm.csv",
            "crmId,crmRecordType,expiredAt,createdAt,Owner\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 100_000)
                        .Select(i =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"id-{i},CONTACT,{1735700000000 + (i * 100_000L)},2,owner {i % 9}\n"
                            )
                        )
                )
        );
        (string document, string said) = await OpenAsync("Who left", csv);

        Assert.DoesNotContain("CONSOLE", said, StringComparison.Ordinal);
        Assert.InRange(ReadyAfter(document), 1, 2000);
        Assert.Contains("100,000</strong>", document, StringComparison.Ordinal);
        Assert.Contains("1–50 of 100,000", document, StringComparison.Ordinal);
        Assert.Equal(50, BodyRows(document));
        Assert.Matches("<svg [^>]*aria-label=\"Records per week \\(Expired at\\): 100,000 from", document);
        Assert.Contains("aria-sort=\"none\"", document, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task Open_HostileValues_AreDisplayedAsText()
    {
        string[] values =
        [
            "<script>document.title='owned'</script>",
            "</script><script>document.title='owned'</script>",
            "<img src=x onerror=document.title='owned'>",
            "javascript:document.title='owned'",
            "{{script}}",
            "a\u202egpj.exe",
            "x\u2028y",
            "__proto__",
            "=1+1",
        ];
        string csv = _folder.Write(
            "crm.csv",
            "crmId,crmRecordType,expiredAt,createdAt,Owner\n"
                + string.Concat(values.Select(value => $"\"{value}\",\"{value}\",1735700000000,2,\"{value}\"\n"))
        );
        (string document, string said) = await OpenAsync(values[1], csv);

        Assert.DoesNotContain("CONSOLE", said, StringComparison.Ordinal);
        Assert.True(ReadyAfter(document) > 0);
        Assert.DoesNotContain("<title>owned", document, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", document, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(document, "<script[ >]"));
        Assert.Equal(values.Length, BodyRows(document));
        Assert.Contains("<td><bdi>&lt;script&gt;", document, StringComparison.Ordinal);
    }

    private async Task<(string Document, string Said)> OpenAsync(string title, string csv)
    {
        var report = new ExportReport(new ReportOptions { Title = title });
        report.AddFile(csv, new ImportOptions(), new RecordingOutput(), CancellationToken.None);
        string path = _folder.File("report.html");
        report.Save(path);

        ProcessStartInfo start = Chromium.Configure(
            _folder.File("profile"),
            "--enable-logging=stderr",
            "--dump-dom",
            new Uri(path).AbsoluteUri
        );
        start.RedirectStandardOutput = true;
        using Process chromium = Process.Start(start)!;
        Task<string> document = chromium.StandardOutput.ReadToEndAsync();
        Task<string> said = chromium.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await chromium.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!chromium.HasExited)
                chromium.Kill(entireProcessTree: true);
        }

        // Without the elements of the data and the script, only the rendered content remains.
        string made = Regex.Replace(await document, "(<script[^>]*>).*?</script>", "$1</script>", RegexOptions.Singleline);
        return (made, await said);
    }

    private static int ReadyAfter(string document) =>
        int.Parse(Ready().Match(document).Groups["after"].Value, CultureInfo.InvariantCulture);

    private static int BodyRows(string document) =>
        Regex.Count(document[document.LastIndexOf("<tbody>", StringComparison.Ordinal)..], "<tr>");

    [GeneratedRegex("data-ready=\"(?<after>\\d+)\"")]
    private static partial Regex Ready();
}
