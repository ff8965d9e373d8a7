namespace LinkedInExports.Core.ExportFiles;

/// <summary>Where the columns of one file are: the documented ones, and the others.</summary>
internal sealed class ColumnMap
{
    private readonly Dictionary<string, int> _documented;

    private ColumnMap(Dictionary<string, int> documented, IReadOnlyList<string> missing, string[] extraNames, int[] extraIndexes)
    {
        _documented = documented;
        Missing = missing;
        ExtraNames = extraNames;
        ExtraIndexes = extraIndexes;
    }

    /// <summary>The documented columns that the file lacks, without the optional ones.</summary>
    internal IReadOnlyList<string> Missing { get; }

    /// <summary>The names of the columns that are not documented, as the file has them.</summary>
    internal string[] ExtraNames { get; }

    internal int[] ExtraIndexes { get; }

    /// <summary>Where a documented column is; -1 for one that the file lacks.</summary>
    internal int IndexOf(string column) => _documented.TryGetValue(column, out int index) ? index : -1;

    internal bool Has(string column) => _documented.ContainsKey(column);

    /// <summary>Finds the columns.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.DuplicateColumn"/>: two columns have the same
    /// name.</exception>
    internal static ColumnMap Create(IReadOnlyList<string> header, ExportType exportType, string path)
    {
        var documented = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string column in ExportSchema.GetColumns(exportType))
        {
            int index = ExportSchema.IndexOf(header, column);
            if (index >= 0)
                documented.Add(column, index);
        }

        string[] names = GetNames(header, path);
        int[] extra = [.. Enumerable.Range(0, names.Length).Where(index => !documented.ContainsValue(index))];
        return new ColumnMap(
            documented,
            ExportSchema.GetMissing(header, exportType),
            [.. extra.Select(index => names[index])],
            extra
        );
    }

    /// <summary>The names of all columns. A column without one gets its number.</summary>
    private static string[] GetNames(IReadOnlyList<string> header, string path)
    {
        string[] names = [.. header.Select(name => name.Trim())];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (name.Length > 0 && !taken.Add(name))
            {
                throw new LinkedInException(
                    LinkedInErrorId.DuplicateColumn,
                    $"{path}: the header has the column '{name}' twice, so what it means is not clear."
                )
                {
                    Target = path,
                };
            }
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (names[i].Length > 0)
                continue;
            string name = $"Column{i + 1}";
            for (int copy = 2; !taken.Add(name); copy++)
                name = $"Column{i + 1}_{copy}";
            names[i] = name;
        }

        return names;
    }
}
