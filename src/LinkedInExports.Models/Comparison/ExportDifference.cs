namespace LinkedInExports;

/// <summary>One record in which two exports of a kind differ.</summary>
public sealed class ExportDifference
{
    /// <summary>Whether the record was added, is gone or has changed, seen from the reference.</summary>
    public ExportChange Change { get; init; }

    /// <summary>What the exports contain.</summary>
    public ExportType ExportType { get; init; }

    /// <summary>The values by which the record was found in both exports, with a space in between.</summary>
    public string Key { get; init; } = "";

    /// <summary>The record in the reference, as Import-ExportFile outputs it; null for one that was added.</summary>
    public object? Reference { get; init; }

    /// <summary>The record in the difference, as Import-ExportFile outputs it; null for one that is gone.</summary>
    public object? Difference { get; init; }

    /// <summary>The names of the properties that have another value; none unless the record has changed.</summary>
    public string[] ChangedColumns { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Change} {Key}";
}
