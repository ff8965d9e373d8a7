using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Reports;

/// <summary>
/// Writes the page as one file. Its Content-Security-Policy allows only the script with the expected hash and no requests.
/// </summary>
internal static class ReportHtmlWriter
{
    /// <summary>The parts of the script, in the order of their dependencies.</summary>
    private static readonly string[] Scripts =
    [
        "dom.js",
        "format.js",
        "tooltip.js",
        "cells.js",
        "filters.js",
        "periods.js",
        "columns.js",
        "figures.js",
        "table.js",
        "theme.js",
        "report.js",
    ];

    private static readonly string Script = string.Join("\n", Scripts.Select(ReadResource));
    private static readonly string Style = ReadResource("report.css");
    private static readonly string Template = ReadResource("report.html");

    /// <summary>
    /// Allows no external resources, no other inline code, and no conversion of text to code or markup. Data images are
    /// allowed for the empty icon, without which a browser requests one from the server.
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

    /// <summary>Writes the page atomically.</summary>
    /// <exception cref="LinkedInException">The file cannot be written.</exception>
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
        // Every second part is a placeholder. Inserted values are not searched for placeholders.
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
                        _ => throw new InvalidOperationException($"The template has an unknown placeholder {parts[i]}."),
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
            ?? throw new InvalidOperationException($"The resource {name} does not exist.");
        using var reader = new StreamReader(stream);

        // Browsers normalize line breaks before they compute the hash.
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
