using System.Text.Json;
using LinkedInExports.Core.Reports.Charts;
using LinkedInExports.Core.Reports.Sections;

namespace LinkedInExports.Core.Reports;

/// <summary>
/// Writes the data of a report as JSON. The script of the page inserts all values as text, never as markup.
/// </summary>
internal static class ReportJsonWriter
{
    /// <summary>
    /// Uses the default encoder, which escapes non-ASCII characters, <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and quotes, so that
    /// no value can end the script element.
    /// </summary>
    private static readonly JsonWriterOptions Options = new() { Indented = false };

    internal static void Write(ExportReport report, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        IReadOnlyList<ReportSection> sections = report.Sections;
        int[] rows = report.Limits.Allocate([.. sections.Select(section => section.Table)]);

        json.WriteStartObject();
        json.WriteString("title", report.Options.Title);
        json.WriteNumber("madeAt", report.Options.Time.GetUtcNow().ToUnixTimeSeconds());
        json.WriteNumber("rows", report.RowCount);
        Write(json, "sources", report.Sources);
        Write(json, "notices", report.Notices);
        json.WriteStartArray("sections");
        for (int i = 0; i < sections.Count; i++)
            Write(json, sections[i], rows[i]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReportSection section, int rows)
    {
        json.WriteStartObject();
        json.WriteString("id", section.Id);
        json.WriteString("title", section.Title);
        json.WriteString("lead", section.Lead);
        json.WriteString("noun", section.Noun);
        json.WriteStartArray("facts");
        foreach (Metric metric in section.GetMetrics())
        {
            json.WriteStartObject();
            json.WriteString("label", metric.Label);
            json.WriteNumber("value", metric.Value);
            json.WriteString("unit", metric.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("charts");
        foreach (Chart chart in section.GetCharts())
            Write(json, chart);
        json.WriteEndArray();
        json.WritePropertyName("table");
        section.Table.Write(json, rows, section.Rows);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Chart chart)
    {
        json.WriteStartObject();
        json.WriteString("title", chart.Title);
        switch (chart)
        {
            case ColumnChart columns:
                Write(json, columns);
                break;

            case CategoryChart categories:
                Write(json, categories);
                break;

            case WeekChart week:
                json.WriteString("kind", "week");
                json.WriteString("timeColumn", week.TimeColumn);
                json.WriteStartArray("days");
                foreach (long[] day in week.Days)
                {
                    json.WriteStartArray();
                    foreach (long value in day)
                        json.WriteNumberValue(value);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
                break;

            default:
                throw new NotSupportedException($"Chart {chart}.");
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ColumnChart chart)
    {
        json.WriteString("kind", "columns");
        json.WriteString("unit", GetName(chart.Scale.Unit));
        Write(json, "units", chart.Scale.Units.Select(GetName));
        json.WriteNumber("first", chart.Scale.First.ToUnixTimeSeconds());
        json.WriteNumber("end", chart.Scale.End.ToUnixTimeSeconds());
        json.WriteString("note", chart.Note);
        json.WriteString("timeColumn", chart.TimeColumn);
        json.WriteString("seriesColumn", chart.SeriesColumn);
        Write(json, "starts", chart.Starts.Select(start => start.ToUnixTimeSeconds()));
        json.WriteStartArray("series");
        foreach (Series series in chart.Series)
        {
            json.WriteStartObject();
            json.WriteString("key", series.Key is null ? null : DetailColumn.Shorten(series.Key));
            json.WriteString("name", series.Name);
            Write(json, "values", series.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, CategoryChart chart)
    {
        json.WriteString("kind", chart.Shape == CategoryShape.Bars ? "bars" : "shares");
        json.WriteNumber("most", CategoryChart.MaxBars);
        json.WriteString("column", chart.Column);
        json.WriteString("distinctColumn", chart.DistinctColumn);
        json.WriteString("partColumn", chart.PartColumn);
        Write(json, "partNames", chart.PartNames);
        json.WriteStartArray("labels");
        foreach (KeyValuePair<string, string> label in chart.Labels)
        {
            json.WriteStartArray();
            json.WriteStringValue(DetailColumn.Shorten(label.Key));
            json.WriteStringValue(label.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteNumber("restCount", chart.RestCount);
        json.WriteNumber("restValue", chart.RestValue);
        json.WriteStartArray("bars");
        foreach (Bar bar in chart.Bars)
        {
            json.WriteStartObject();
            json.WriteString("key", DetailColumn.Shorten(bar.Key));
            json.WriteString("name", bar.Name);
            json.WriteNumber("value", bar.Value);
            Write(json, "parts", bar.Parts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string GetName(TimeUnit unit) => unit.ToString().ToLowerInvariant();

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
