namespace LinkedInExports.Core.Reports;

/// <summary>Limits the rows of a page's tables.</summary>
/// <param name="maxRows">The maximum number of rows of all tables, or null to limit only the size of the page.</param>
internal sealed class TableLimits(int? maxRows)
{
    /// <summary>The maximum size of a page, so that browsers open it quickly and it can be sent by email.</summary>
    internal const int MaxPageSize = 15_000_000;

    /// <summary>The maximum size of the script, the style and the charts.</summary>
    private const int FrameSize = 1_000_000;

    /// <summary>Creates a table that keeps as many rows as a page can contain.</summary>
    internal DetailTable CreateTable() =>
        maxRows is { } rows ? new DetailTable(rows, long.MaxValue / 2) : new DetailTable(int.MaxValue, MaxPageSize - FrameSize);

    /// <summary>Divides the page among its tables.</summary>
    /// <returns>The number of rows of each table.</returns>
    internal int[] Allocate(IReadOnlyList<DetailTable> tables)
    {
        if (maxRows is { } rows)
            return FairShare.Allocate(rows, [.. tables.Select(table => table.Count)]);

        int[] sizes = [.. tables.Select(table => (int)Math.Min(int.MaxValue, table.GetSize()))];
        int[] granted = FairShare.Allocate(MaxPageSize - FrameSize, sizes);
        return [.. tables.Zip(granted, (table, size) => table.CountFitting(size))];
    }
}
