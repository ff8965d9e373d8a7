using System.Globalization;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Downloads;

/// <summary>The content of a downloaded part, compared with LinkedIn's documentation.</summary>
/// <param name="ExportType">The export type.</param>
/// <param name="HasHeader">Whether the first row is a header.</param>
/// <param name="Columns">The names of the columns, in order.</param>
/// <param name="Rows">The number of data rows.</param>
/// <param name="Difference">The differences from the documentation, as clauses, or null.</param>
internal sealed record PartContent(ExportType ExportType, bool HasHeader, string[] Columns, long Rows, string? Difference)
{
    private const int MaxNameLength = 100;

    /// <summary>Compares a part with the documentation and with the first part of its job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="partCount">The number of parts of the job.</param>
    /// <param name="part">The downloaded part.</param>
    /// <param name="first">The first part; null for the first part itself, and if it could not be saved.</param>
    /// <returns>The content, or null if the file is not a table.</returns>
    internal static PartContent? TryCreate(ExportJob job, int partCount, DownloadedPart part, PartContent? first)
    {
        CsvProfile profile = part.Profile;
        string[] row = profile.FirstRow;
        ExportType exportType = GetExportType(job, row) ?? first?.ExportType ?? ExportType.Seat;
        if (row.Length == 0)
            return new PartContent(exportType, HasHeader: false, [.. ExportSchema.GetColumns(exportType)], 0, null);

        if (TryIdentify(exportType, profile, first) is not { } content)
            return null;

        string? delimiter =
            profile.Delimiter == ','
                ? null
                : $"its values are separated by {(profile.Delimiter == '\t' ? "tabs" : $"'{profile.Delimiter}'")} and not by "
                    + "commas";
        return content with
        {
            Difference = JoinDifferences(
                content.Difference,
                delimiter,
                partCount == 1 ? DescribeRowCountDifference(job, content, part.IsKnownComplete) : null
            ),
        };
    }

    /// <summary>Gets the export type of a job, or for a job of an unknown type that of a header.</summary>
    internal static ExportType? GetExportType(ExportJob job, string[] firstRow) =>
        job.ExportType ?? ExportSchema.DetectExportType(firstRow);

    /// <summary>Joins several differences, or returns null without any.</summary>
    internal static string? JoinDifferences(params string?[] differences)
    {
        string joined = string.Join("; ", differences.Where(difference => difference is not null));
        return joined.Length == 0 ? null : joined;
    }

    private static PartContent? TryIdentify(ExportType exportType, CsvProfile profile, PartContent? first)
    {
        string[] row = profile.FirstRow;
        if (ExportSchema.HasAnyDocumentedColumn(row, exportType))
            return WithHeader(DescribeHeaderDifference(row, exportType));
        if (first is not null && ExportSchema.HaveSameColumns(row, first.Columns))
            return WithHeader(first.Difference);
        if (first is not null && row.Length == first.Columns.Length && IsData(row, first))
            return new PartContent(exportType, HasHeader: false, first.Columns, profile.RowCount, first.Difference);
        if (row.Length < 2 || !IsTable(row))
            return null;

        if (row.All(IsName) && (profile.RowCount > 1 || exportType == ExportType.Seat))
        {
            // LinkedIn does not document the columns of seats.
            return WithHeader(
                exportType == ExportType.Seat
                    ? null
                    : Text(
                        "its header has none of the documented columns "
                            + $"{string.Join(", ", ExportSchema.GetColumns(exportType))}; it has "
                            + $"{ExportSchema.DescribeHeader(row)}"
                    )
            );
        }

        IReadOnlyList<string> documented = ExportSchema.GetColumns(exportType);
        return profile.IsLastRowComplete && row.Any(HasDigit)
            ? new PartContent(
                exportType,
                HasHeader: false,
                documented.Count == row.Length
                    ? [.. documented]
                    : [.. row.Select((_, index) => string.Format(CultureInfo.InvariantCulture, "Column{0}", index + 1))],
                profile.RowCount,
                "it has no header that is known"
            )
            : null;

        PartContent WithHeader(string? difference) => new(exportType, HasHeader: true, row, profile.RowCount - 1, difference);
    }

    private static string? DescribeHeaderDifference(string[] row, ExportType exportType)
    {
        IReadOnlyList<string> missing = ExportSchema.GetMissing(row, exportType);
        string[] renamed =
        [
            .. from column in ExportSchema.GetColumns(exportType)
            let index = ExportSchema.IndexOf(row, column)
            where index >= 0 && !row[index].Trim().Equals(column, StringComparison.OrdinalIgnoreCase)
            select $"{column} as '{row[index].Trim()}'",
        ];
        return JoinDifferences(
            missing.Count == 0
                ? null
                : Text($"its header lacks {string.Join(", ", missing)}; it has {ExportSchema.DescribeHeader(row)}"),
            renamed.Length == 0 ? null : Text($"its header spells {string.Join(", ", renamed)}")
        );
    }

    /// <remarks>
    /// A file with one row less than announced may lack its last row, or LinkedIn counts the header. The latter is assumed only
    /// if the file is known to be complete.
    /// </remarks>
    private static string? DescribeRowCountDifference(ExportJob job, PartContent content, bool isKnownComplete) =>
        job.AnnouncedRowCount is not { } announced ? null
        : content.Rows == announced
        || (isKnownComplete && ExportManifest.MatchesAnnounced(content.Rows, content.HasHeader ? 1 : 0, announced))
            ? null
        : Text($"it has {content.Rows} rows, and LinkedIn announced {announced}");

    /// <summary>
    /// Whether a row without a header fits the first part: text may have the right number of commas, but no times.
    /// </summary>
    private static bool IsData(string[] row, PartContent first) =>
        first.ExportType == ExportType.CrmValidation
            ? ExportSchema.TimestampColumns.All(column =>
                ExportSchema.IndexOf(first.Columns, column) is var index && (index < 0 || IsNumber(row[index]))
            )
            : row.Any(HasDigit);

    private static bool IsNumber(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>Whether the values look like a table and not like a sentence with commas.</summary>
    private static bool IsTable(string[] row) =>
        !row.Skip(1).Any(value => value.StartsWith(" ", StringComparison.Ordinal))
        && row.All(value =>
            value.Length <= MaxNameLength
            && value.TrimEnd() is var text
            && !(text.Length > 0 && text[text.Length - 1] is '.' or '!' or '?')
        );

    private static bool IsName(string value) =>
        value.Trim() is { Length: > 0 } name
        && char.IsLetter(name[0])
        && name.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or ' ' or '(' or ')' or '/');

    private static bool HasDigit(string value) => value.Any(character => character is >= '0' and <= '9');

    private static string Text(SanitizedText text) => text.ToString();
}
