namespace LinkedInExports.Core.ExportFiles;

/// <summary>The columns that LinkedIn documents for each type of export.</summary>
/// <remarks>
/// A column is found by its case-insensitive name. A name that differs in spaces, underscores and hyphens is accepted if only one
/// column of the file has it.
/// </remarks>
internal static class ExportSchema
{
    private static readonly string[] CrmValidation = ["crmId", "crmRecordType", "expiredAt", "createdAt"];

    /// <summary>Columns with times, which are in milliseconds in a validation export.</summary>
    internal static readonly IReadOnlyList<string> TimestampColumns = ["expiredAt", "createdAt"];

    private static readonly string[] Activity = ["activityId", "activityType", "createdAt", "seatId", "memberIdentityKey"];
    private static readonly string[] ActivityOutcome = ["activityId", "activityType"];

    /// <summary>Columns that LinkedIn documents as "optional in response".</summary>
    private static readonly string[] Optional = ["memberIdentityKey"];

    /// <summary>The order matters, because activities have all the columns of outcomes.</summary>
    private static readonly ExportType[] Recognizable =
    [
        ExportType.CrmValidation,
        ExportType.Activity,
        ExportType.ActivityOutcome,
    ];

    /// <summary>Gets the documented columns; none for seats, whose columns are undocumented.</summary>
    internal static IReadOnlyList<string> GetColumns(ExportType exportType) =>
        exportType switch
        {
            ExportType.CrmValidation => CrmValidation,
            ExportType.Activity => Activity,
            ExportType.ActivityOutcome => ActivityOutcome,
            ExportType.Seat => [],
            _ => throw new NotSupportedException($"Export type {exportType}."),
        };

    /// <summary>Gets the name of the property of a documented column.</summary>
    internal static string GetProperty(string column) => char.ToUpperInvariant(column[0]) + column.Substring(1);

    /// <summary>Whether LinkedIn documents that exports may lack the column.</summary>
    internal static bool IsOptional(string column) => Optional.Contains(column, StringComparer.Ordinal);

    /// <summary>Gets the documented columns that a header lacks, except for optional ones.</summary>
    internal static IReadOnlyList<string> GetMissing(IReadOnlyList<string> header, ExportType exportType) =>
        [.. GetColumns(exportType).Where(column => !IsOptional(column) && IndexOf(header, column) < 0)];

    /// <summary>Whether the row has each required column of the export type.</summary>
    internal static bool HasAllRequiredColumns(IReadOnlyList<string> header, ExportType exportType) =>
        GetMissing(header, exportType).Count == 0;

    /// <summary>Whether the row has a documented column of the export type, and so is not data.</summary>
    internal static bool HasAnyDocumentedColumn(IReadOnlyList<string> row, ExportType exportType) =>
        GetColumns(exportType).Any(column => IndexOf(row, column) >= 0);

    /// <summary>
    /// Detects the export type of a header. An incomplete header is recognized by the id and half of the documented columns.
    /// Null for an unknown header.
    /// </summary>
    internal static ExportType? DetectExportType(IReadOnlyList<string> header)
    {
        foreach (ExportType exportType in Recognizable)
        {
            if (HasAllRequiredColumns(header, exportType))
                return exportType;
        }

        foreach (ExportType exportType in Recognizable)
        {
            IReadOnlyList<string> documented = GetColumns(exportType);
            int found = documented.Count(column => IndexOf(header, column) >= 0);
            if (found > 1 && found * 2 >= documented.Count && IndexOf(header, documented[0]) >= 0)
                return exportType;
        }

        return null;
    }

    /// <summary>Counts the names of documented columns of any export type.</summary>
    internal static int CountDocumentedColumns(IReadOnlyList<string> header) =>
        CrmValidation.Concat(Activity).Distinct().Count(column => IndexOf(header, column) >= 0);

    /// <summary>Describes a header for a message. A row that may be personal data is only counted.</summary>
    internal static string DescribeHeader(IReadOnlyList<string> header) =>
        header.All(name =>
            name.Trim() is { Length: <= 40 } text
            && (text.Length == 0 || char.IsLetter(text[0]))
            && text.All(character => char.IsLetterOrDigit(character) || character is '_' or ' ')
        )
            ? string.Join(", ", header)
            : $"{header.Count} values that do not look like names of columns";

    internal static bool IsTimestamp(string column) =>
        TimestampColumns.Any(time => IsSame(column, time) || Spelling(column) == Spelling(time));

    /// <summary>Gets the index of a column, or -1.</summary>
    internal static int IndexOf(IReadOnlyList<string> header, string column)
    {
        for (int i = 0; i < header.Count; i++)
        {
            if (IsSame(header[i], column))
                return i;
        }

        string spelling = Spelling(column);
        int found = -1;
        for (int i = 0; i < header.Count; i++)
        {
            if (Spelling(header[i]) != spelling)
                continue;
            if (found >= 0)
                return -1;
            found = i;
        }

        return found;
    }

    /// <summary>Whether two headers have the same columns in the same order.</summary>
    internal static bool HaveSameColumns(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Select(name => name.Trim()).SequenceEqual(other.Select(name => name.Trim()), StringComparer.OrdinalIgnoreCase);

    private static bool IsSame(string name, string column) => name.Trim().Equals(column, StringComparison.OrdinalIgnoreCase);

    /// <summary>Normalizes a name: <c>Activity ID</c>, <c>activity_id</c> and <c>activityId</c> are equal.</summary>
    private static string Spelling(string name) =>
        string.Concat(name.Where(character => !char.IsWhiteSpace(character) && character is not ('_' or '-'))).ToUpperInvariant();
}
