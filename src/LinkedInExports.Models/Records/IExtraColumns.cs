namespace LinkedInExports;

/// <summary>
/// The undocumented columns of a record. All records of a file share the list of names.
/// </summary>
internal interface IExtraColumns
{
    IReadOnlyList<string> ExtraNames { get; }

    string GetExtra(int index);
}
