namespace LinkedInExports.Core.Records;

/// <summary>How to read an export file.</summary>
public sealed class ImportOptions
{
    /// <summary>What the file contains; null to see from its manifest, or else from its header.</summary>
    public ExportKind? Kind { get; init; }

    /// <summary>The ids of activities that need not come again; grows while files are read. Null to take them as they come.</summary>
    public ISet<string>? SeenActivities { get; init; }

    /// <summary>What to do about rows that cannot be read.</summary>
    public MalformedRowAction MalformedRow { get; init; }
}
