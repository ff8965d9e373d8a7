using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Comparison;

/// <summary>By which columns the rows find each other, and which of the others are compared.</summary>
internal sealed class ComparisonColumns
{
    /// <summary>Columns by which an outcome would be known, should LinkedIn send one of them.</summary>
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

    /// <summary>Whether nothing less than all values tells a row from another.</summary>
    internal bool IsWholeRow { get; }

    /// <summary>What the user should know of the choice; null for nothing.</summary>
    internal string? Warning { get; }

    /// <summary>Columns that some of the files lack: nothing can be said of them.</summary>
    internal IReadOnlyList<string> Ignored { get; private init; } = [];

    /// <summary>Chooses.</summary>
    /// <param name="exportType">What the files contain.</param>
    /// <param name="files">All of them, one at least.</param>
    /// <param name="wanted">The columns that the user wants as the key; none for those that are known.</param>
    /// <exception cref="LinkedInException">A wanted column is not in all of the files.</exception>
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
                    $"The seats have no column seatId and are told apart by their first column, {first}. Name another with "
                    + "-KeyColumn.";
                return [first];
        }

        string[] Present(string column) => common.Contains(column, StringComparer.OrdinalIgnoreCase) ? [column] : [];
    }

    /// <summary>The name as the files write it.</summary>
    private static string Find(string column, IReadOnlyList<ComparedFile> files)
    {
        if (files.FirstOrDefault(file => !file.HasColumn(column)) is { } lacking)
        {
            throw new LinkedInException(
                LinkedInErrorId.MissingColumn,
                $"{lacking.Path}: the key column '{column}' is not there; the file has "
                    + $"{LinkedInExports.Core.ExportFiles.ExportSchema.DescribeHeader(lacking.Columns)}."
            )
            {
                Target = lacking.Path,
            };
        }

        return files[0].Columns.First(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
    }
}
