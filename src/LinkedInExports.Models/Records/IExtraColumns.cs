namespace LinkedInExports;

/// <summary>
/// What a record carries beyond its documented columns. The names are shared by all records of a file.
/// </summary>
internal interface IExtraColumns
{
    IReadOnlyList<string> ExtraNames { get; }

    string GetExtra(int index);
}
