using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Reports;

/// <summary>
/// The page: one file that loads nothing and runs nothing but the one script whose hash its policy names.
/// </summary>
internal static class ReportHtmlWriter
{
    /// <summary>In the order in which they build on one another; together they are the page's one script.</summary>
    private static readonly string[] Scripts =
    [
        "dom.js",
        "format.js",
        "tooltip.js",
        "columns.js",
        "figures.js",
        "cells.js",
        "table.js",
        "theme.js",
        "report.js",
    ];

    private static readonly string Script = string.Join("\n", Scripts.Select(ReadResource));
    private static readonly string Style = ReadResource("report.css");
    private static readonly string Template = ReadResource("report.html");

    /// <summary>
    /// Nothing from outside, no inline code beside ours, no way to make code or markup of text. Data in an image is the
    /// empty icon, without which a browser asks the server for one.
    /// </summary>
    internal static string Policy { get; } =
        string.Join(
            "; ",
            "default-src 'none'",
            $"script-src {ComputeHash(Script)}",
            $"style-src {ComputeHash(Style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'"
        );

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal static void Save(ExportReport report, string path)
    {
        using AtomicFileWriter file = AtomicFileWriter.Open(report.Options.FileSystem, path);
        file.Truncate();
        FileErrors.TranslateWrite(path, () => Write(report, file.Stream));
        file.Flush();
        file.Commit();
    }

    internal static void Write(ExportReport report, Stream stream)
    {
        // Every other part is a name; what stands in its place is not searched for names again.
        string[] parts = Template.Split(["{{", "}}"], StringSplitOptions.None);
        for (int i = 0; i < parts.Length; i++)
        {
            string? text =
                i % 2 == 0
                    ? parts[i]
                    : parts[i] switch
                    {
                        "policy" => Policy,
                        "title" => HtmlEncoder.Default.Encode(report.Options.Title),
                        "style" => Style,
                        "script" => Script,
                        "data" => null,
                        _ => throw new InvalidOperationException($"The frame of the page has a place for {parts[i]}."),
                    };
            if (text is null)
            {
                ReportJsonWriter.Write(report, stream);
                continue;
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text);
            stream.Write(bytes, 0, bytes.Length);
        }
    }

    private static string ComputeHash(string text) =>
        $"'sha256-{Convert.ToBase64String(Sha256Hash.Compute(Encoding.UTF8.GetBytes(text)))}'";

    private static string ReadResource(string name)
    {
        using Stream stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"LinkedInExports.Core.Reports.Assets.{name}")
            ?? throw new InvalidOperationException($"The page lacks {name}.");
        using var reader = new StreamReader(stream);

        // Browsers hash the text with plain line feeds, whatever the checkout has made of them.
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
