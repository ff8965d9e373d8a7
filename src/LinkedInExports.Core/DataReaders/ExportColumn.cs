namespace LinkedInExports.Core.DataReaders;

/// <summary>A column of a reader.</summary>
/// <param name="Name">The name, as that of the property of a record.</param>
/// <param name="Format">How the files store the values.</param>
/// <param name="AllowsNull">Whether a value can be null.</param>
internal sealed record ExportColumn(string Name, ColumnFormat Format, bool AllowsNull)
{
    /// <summary>LinkedIn's name of a documented column, or null.</summary>
    internal string? DocumentedName { get; init; }

    internal Type DataType { get; } =
        Format switch
        {
            ColumnFormat.Integer or ColumnFormat.SourceInteger => typeof(long),
            ColumnFormat.Milliseconds or ColumnFormat.ActivityTime => typeof(DateTime),
            _ => typeof(string),
        };
}
