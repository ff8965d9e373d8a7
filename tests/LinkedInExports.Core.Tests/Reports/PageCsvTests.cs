using System.Text.Json;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Tests.Spreadsheets;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>The CSV files that the page creates in a browser.</summary>
public sealed class PageCsvTests(ChromiumBrowser chromium) : IClassFixture<ChromiumBrowser>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumTheory]
    [MemberData(nameof(CsvFileWriterTests.Formulas), MemberType = typeof(CsvFileWriterTests))]
    public async Task CsvCell_Formula_IsEscapedAsInOtherCsvFiles(string text, string escaped)
    {
        string path = _folder.File("report.html");
        new ExportReport(new ReportOptions()).Save(path);
        await using ChromiumPage page = await chromium.OpenAsync(path, width: 1000);

        string cell = await page.EvaluateAsync($"csvCell({JsonSerializer.Serialize(text)}, true)");
        Assert.Equal(escaped.Replace("\"", ""), cell.Replace("\"", ""));
    }
}
