namespace LinkedInExports;

/// <summary>A record that differs between two exports of the same type.</summary>
public sealed class ExportDifference
{
    /// <summary>Whether the record was added, removed or changed in the difference export.</summary>
    public ExportChange Change { get; init; }

    /// <summary>The export type of the record.</summary>
    public ExportType ExportType { get; init; }

    /// <summary>The values of the key columns, separated by spaces.</summary>
    public string Key { get; init; } = "";

    /// <summary>The record in the reference export, or null if it was added.</summary>
    public object? Reference { get; init; }

    /// <summary>The record in the difference export, or null if it was removed.</summary>
    public object? Difference { get; init; }

    /// <summary>The names of the properties with different values. Empty unless the record was changed.</summary>
    public string[] ChangedColumns { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Change} {Key}";
}
