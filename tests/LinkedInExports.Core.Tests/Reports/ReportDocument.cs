using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkedInExports.Core.Reports;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>The parts of a report page.</summary>
internal sealed partial class ReportDocument
{
    private ReportDocument(string html)
    {
        Html = html;
        Match match = Parts().Match(html);
        Assert.True(match.Success, "The page has not the parts that it should have.");
        Policy = match.Groups["policy"].Value;
        Style = match.Groups["style"].Value;
        Json = match.Groups["data"].Value;
        Script = match.Groups["script"].Value;
        Data = JsonDocument.Parse(Json).RootElement;
    }

    internal string Html { get; }

    internal string Policy { get; }

    internal string Style { get; }

    internal string Script { get; }

    internal string Json { get; }

    internal JsonElement Data { get; }

    internal string[] Notices => [.. Data.GetProperty("notices").EnumerateArray().Select(notice => notice.GetString()!)];

    internal string[] Sections =>
        [.. Data.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("id").GetString()!)];

    internal static ReportDocument Create(ExportReport report)
    {
        using var stream = new MemoryStream();
        ReportHtmlWriter.Write(report, stream);
        return new ReportDocument(Encoding.UTF8.GetString(stream.ToArray()));
    }

    internal JsonElement Section(string id) =>
        Data.GetProperty("sections").EnumerateArray().Single(section => section.GetProperty("id").GetString() == id);

    internal JsonElement Chart(string id, string title) =>
        Section(id).GetProperty("charts").EnumerateArray().Single(chart => chart.GetProperty("title").GetString() == title);

    /// <summary>The bars of a chart as "name value".</summary>
    internal string[] Bars(string id, string title) =>
        [
            .. Chart(id, title)
                .GetProperty("bars")
                .EnumerateArray()
                .Select(bar => $"{bar.GetProperty("name")} {bar.GetProperty("value")}"),
        ];

    /// <summary>The tiles of a section as "label value".</summary>
    internal string[] Facts(string id) =>
        [
            .. Section(id)
                .GetProperty("facts")
                .EnumerateArray()
                .Select(fact => $"{fact.GetProperty("label")} {fact.GetProperty("value")}{fact.GetProperty("unit")}"),
        ];

    /// <summary>The values of a column of a table.</summary>
    internal string[] Column(string id, string name)
    {
        JsonElement column = Section(id)
            .GetProperty("table")
            .GetProperty("columns")
            .EnumerateArray()
            .Single(candidate => candidate.GetProperty("name").GetString() == name);
        IEnumerable<JsonElement> values = column.GetProperty("values").EnumerateArray();
        if (!column.TryGetProperty("texts", out JsonElement texts))
            return [.. values.Select(value => value.ToString())];
        return [.. values.Select(value => value.GetInt32() < 0 ? "" : texts[value.GetInt32()].GetString()!)];
    }

    [GeneratedRegex(
        "^<!DOCTYPE html>.*?<meta http-equiv=\"Content-Security-Policy\" "
            + "content=\"(?<policy>[^\"]*)\">.*?<style>(?<style>.*?)</style>.*?"
            + "<script type=\"application/json\" "
            + "id=\"data\">(?<data>.*?)</script>\\s*<script>(?<script>.*?)</script>\\s*</body>\\s*</html>\\s*$",
        RegexOptions.Singleline
    )]
    private static partial Regex Parts();
}
