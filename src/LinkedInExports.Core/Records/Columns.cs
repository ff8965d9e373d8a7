namespace LinkedInExports.Core.Records;

/// <summary>The columns that LinkedIn documents for each kind of export. They are found by name, in any order and case.</summary>
internal static class Columns
{
    private static readonly string[] CrmValidation = ["crmId", "crmRecordType", "expiredAt", "createdAt"];

    internal static IReadOnlyList<string> Of(ExportKind kind) => kind switch
    {
        ExportKind.CrmValidation => CrmValidation,
        _ => throw new NotSupportedException($"Exports of kind {kind}."),
    };

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

    /// <summary>Whether the row names every documented column of the kind.</summary>
    internal static bool AreIn(IReadOnlyList<string> header, ExportKind kind) =>
        Of(kind).All(column => IndexOf(header, column) >= 0);
}
