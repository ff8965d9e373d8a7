using System.Text;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Settings for reading export files.</summary>
public sealed class ImportOptions
{
    /// <summary>The export type; null to detect it from the manifest or the header.</summary>
    public ExportType? ExportType { get; init; }

    /// <summary>
    /// The character between the values of a row, see <see cref="IsDelimiter"/>; null to detect it from the first row.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// The encoding of a file without a byte order mark; null for UTF-8. Bytes that are invalid in it are an error of
    /// their row.
    /// </summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether a documented column that is missing is an error. By default it is a warning.</summary>
    public bool Strict { get; init; }

    /// <summary>The ids of activities to skip, to which each activity that is read is added; null to read all.</summary>
    public ISet<string>? SeenActivities { get; init; }

    /// <summary>The action for malformed rows.</summary>
    public MalformedRowAction MalformedRow { get; init; }

    /// <summary>Whether a character can separate values: any of ASCII but a quote, a line break and NUL.</summary>
    public static bool IsDelimiter(char character) => Delimiters.IsValid(character);
}
