namespace LinkedInExports.Core.Records;

/// <summary>Where the columns of one file are: the documented ones, and those that nobody knows.</summary>
internal sealed class Layout
{
    private readonly Dictionary<string, int> _documented;

    private Layout(Dictionary<string, int> documented, string[] extraNames, int[] extraIndexes)
    {
        _documented = documented;
        ExtraNames = extraNames;
        ExtraIndexes = extraIndexes;
    }

    /// <summary>The names of the columns that are not documented, as the file has them.</summary>
    internal string[] ExtraNames { get; }

    internal int[] ExtraIndexes { get; }

    internal int IndexOf(string column) => _documented[column];

    /// <summary>Finds the columns.</summary>
    /// <exception cref="LinkedInException">One is missing, or there twice.</exception>
    internal static Layout Of(IReadOnlyList<string> header, ExportKind kind, string path)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var documented = new Dictionary<string, int>(StringComparer.Ordinal);
        var extraNames = new List<string>();
        var extraIndexes = new List<int>();
        for (int i = 0; i < header.Count; i++)
        {
            string name = header[i].Trim() is { Length: > 0 } given ? given : $"Column{i + 1}";
            if (!seen.Add(name))
            {
                throw new LinkedInException(
                    LinkedInErrorId.ColumnRepeated, $"{path}: the header has the column '{name}' twice, so what it means is not clear.")
                { Target = path };
            }

            if (Columns.Of(kind).FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } column)
            {
                documented.Add(column, i);
            }
            else
            {
                extraNames.Add(name);
                extraIndexes.Add(i);
            }
        }

        string[] missing = [.. Columns.Of(kind).Where(column => !documented.ContainsKey(column))];
        return missing.Length == 0
            ? new Layout(documented, [.. extraNames], [.. extraIndexes])
            : throw new LinkedInException(
                LinkedInErrorId.ColumnMissing,
                $"{path}: the header lacks {string.Join(", ", missing)}; it has {Columns.Describe(header)}.")
            { Target = path };
    }
}
