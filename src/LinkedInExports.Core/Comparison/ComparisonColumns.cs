using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Comparison;

/// <summary>The columns by which rows are matched, and the columns that are compared.</summary>
internal sealed class ComparisonColumns
{
    /// <summary>Possible key columns of outcomes. LinkedIn does not document one.</summary>
    private static readonly string[] OutcomeKeys = ["outcomeId", "activityOutcomeId", "id"];

    private ComparisonColumns(IReadOnlyList<string> key, IReadOnlyList<string> compared, bool isWholeRow, string? warning)
    {
        Key = key;
        Compared = compared;
        IsWholeRow = isWholeRow;
        Warning = warning;
    }

    internal IReadOnlyList<string> Key { get; }

    internal IReadOnlyList<string> Compared { get; }

    /// <summary>Whether the rows have no key and are matched by all of their values.</summary>
    internal bool IsWholeRow { get; }

    /// <summary>A warning about the selected columns, or null.</summary>
    internal string? Warning { get; }

    /// <summary>Columns that do not exist in all files and are not compared.</summary>
    internal IReadOnlyList<string> Ignored { get; private init; } = [];

    /// <summary>Selects the columns.</summary>
    /// <param name="exportType">The export type of the files.</param>
    /// <param name="files">The files, at least one.</param>
    /// <param name="wanted">The key columns that the user specified, or an empty list to use the known ones.</param>
    /// <exception cref="LinkedInException">A specified column does not exist in all files.</exception>
    internal static ComparisonColumns Select(
        ExportType exportType,
        IReadOnlyList<ComparedFile> files,
        IReadOnlyList<string> wanted
    )
    {
        List<string> all = [.. files.SelectMany(file => file.Columns).Distinct(StringComparer.OrdinalIgnoreCase)];
        List<string> common = [.. all.Where(column => files.All(file => file.HasColumn(column)))];

        string? warning = null;
        string[] names =
            wanted.Count > 0
                ? [.. wanted.Distinct(StringComparer.OrdinalIgnoreCase)]
                : ResolveNames(exportType, common, files, ref warning);
        string[] key = [.. names.Select(name => Find(name, files))];
        List<string> others = [.. common.Where(column => !key.Contains(column, StringComparer.OrdinalIgnoreCase))];
        return new ComparisonColumns(key.Length == 0 ? common : key, key.Length == 0 ? [] : others, key.Length == 0, warning)
        {
            Ignored = [.. all.Where(column => !common.Contains(column, StringComparer.OrdinalIgnoreCase))],
        };
    }

    private static string[] ResolveNames(
        ExportType exportType,
        List<string> common,
        IReadOnlyList<ComparedFile> files,
        ref string? warning
    )
    {
        switch (exportType)
        {
            case ExportType.CrmValidation:
                return ["CrmId", .. Present("CrmRecordType")];
            case ExportType.Activity:
                return ["ActivityId"];
            case ExportType.ActivityOutcome:
                return [.. OutcomeKeys.SelectMany(Present).Take(1)];
            default:
                if (ExportSchema.IndexOf(common, "seatId") is >= 0 and var seatId)
                    return [common[seatId]];
                string first = files[0].Columns[0];
                warning =
                    $"The seats have no column seatId and are matched by their first column, {first}. Specify another one with "
                    + "-KeyColumn.";
                return [first];
        }

        string[] Present(string column) => common.Contains(column, StringComparer.OrdinalIgnoreCase) ? [column] : [];
    }

    /// <summary>Gets the column name as the files write it.</summary>
    private static string Find(string column, IReadOnlyList<ComparedFile> files)
    {
        if (files.FirstOrDefault(file => !file.HasColumn(column)) is { } lacking)
        {
            throw new LinkedInException(
                LinkedInErrorId.MissingColumn,
                $"{lacking.Path} does not have the key column '{column}'. Its columns are "
                    + $"{ExportSchema.DescribeHeader(lacking.Columns)}."
            )
            {
                Target = lacking.Path,
            };
        }

        return files[0].Columns.First(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
    }
}
