namespace LinkedInExports.Core.Records;

/// <summary>The columns that LinkedIn documents for each kind of export. They are found by name, in any order and case.</summary>
internal static class Columns
{
    private static readonly string[] CrmValidation = ["crmId", "crmRecordType", "expiredAt", "createdAt"];

    /// <summary>Those of a validation export that are times in milliseconds.</summary>
    internal static readonly IReadOnlyList<string> Times = ["expiredAt", "createdAt"];

    private static readonly string[] Activity = ["activityId", "activityType", "createdAt", "seatId", "memberIdentityKey"];
    private static readonly string[] ActivityOutcome = ["activityId", "activityType"];

    /// <summary>In this order: an activity has all the columns of an outcome.</summary>
    private static readonly ExportKind[] Recognizable = [ExportKind.CrmValidation, ExportKind.Activity, ExportKind.ActivityOutcome];

    /// <summary>The documented columns; none for seats, whose columns LinkedIn names nowhere.</summary>
    internal static IReadOnlyList<string> Of(ExportKind kind) => kind switch
    {
        ExportKind.CrmValidation => CrmValidation,
        ExportKind.Activity => Activity,
        ExportKind.ActivityOutcome => ActivityOutcome,
        ExportKind.Seat => [],
        _ => throw new NotSupportedException($"Exports of kind {kind}."),
    };

    /// <summary>The kind whose columns these are; null for none that is known by its columns.</summary>
    internal static ExportKind? KindOf(IReadOnlyList<string> header)
    {
        foreach (ExportKind kind in Recognizable)
        {
            if (AreIn(header, kind))
                return kind;
        }

        return null;
    }

    /// <summary>A header for a message; what does not look like one may be a person's data and is only counted.</summary>
    internal static string Describe(IReadOnlyList<string> header) =>
        header.All(name => name.Trim() is { Length: <= 40 } text && (text.Length == 0 || char.IsLetter(text[0])) && text.All(character => char.IsLetterOrDigit(character) || character is '_' or ' '))
            ? string.Join(", ", header)
            : $"{header.Count} values that do not look like names of columns";

    internal static bool IsTime(string column) => Times.Contains(column.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Where a column is, or -1.</summary>
    internal static int IndexOf(IReadOnlyList<string> header, string column)
    {
        for (int i = 0; i < header.Count; i++)
        {
            if (header[i].Trim().Equals(column, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    /// <summary>Whether two headers name the same columns in the same order.</summary>
    internal static bool AreSame(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.Select(name => name.Trim()).SequenceEqual(other.Select(name => name.Trim()), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the row names every documented column of the kind.</summary>
    internal static bool AreIn(IReadOnlyList<string> header, ExportKind kind) =>
        Of(kind).All(column => IndexOf(header, column) >= 0);
}
