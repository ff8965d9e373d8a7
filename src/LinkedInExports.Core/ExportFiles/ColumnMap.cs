namespace LinkedInExports.Core.ExportFiles;

/// <summary>Maps the columns of a file: the documented ones and the others.</summary>
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

    /// <summary>The required documented columns that the file does not have.</summary>
    internal IReadOnlyList<string> Missing { get; }

    /// <summary>The names of the undocumented columns.</summary>
    internal string[] ExtraNames { get; }

    internal int[] ExtraIndexes { get; }

    /// <summary>Gets the index of a documented column, or -1.</summary>
    internal int IndexOf(string column) => _documented.TryGetValue(column, out int index) ? index : -1;

    internal bool Has(string column) => _documented.ContainsKey(column);

    /// <summary>Creates the map of a header.</summary>
    /// <exception cref="LinkedInException">
    /// Two columns have the same name (<see cref="LinkedInErrorId.DuplicateColumn"/>).
    /// </exception>
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

    /// <summary>Gets the names of all columns. A column without a name is named by its number.</summary>
    private static string[] GetNames(IReadOnlyList<string> header, string path)
    {
        string[] names = [.. header.Select(name => name.Trim())];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (name.Length > 0 && !taken.Add(name))
            {
                throw new LinkedInException(LinkedInErrorId.DuplicateColumn, $"{path}: the header has the column '{name}' twice.")
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
