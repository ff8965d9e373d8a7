namespace LinkedInExports;

/// <summary>A file of an export that is complete and verified.</summary>
public sealed class SavedExportFile
{
    /// <summary>The full path of the file.</summary>
    public string Path { get; init; } = "";

    /// <summary>The export type of the file.</summary>
    public ExportType ExportType { get; init; }

    /// <summary>The id of the job that created the file.</summary>
    public long JobId { get; init; }

    /// <summary>The number of the part, starting at 1.</summary>
    public int Part { get; init; }

    /// <summary>The number of parts of the export.</summary>
    public int PartCount { get; init; }

    /// <summary>The length in bytes.</summary>
    public long Length { get; init; }

    /// <summary>The number of data rows, without the header.</summary>
    public long RowCount { get; init; }

    /// <summary>The SHA-256 of the bytes, in lowercase hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>
    /// Whether the file matches LinkedIn's documentation. If not, it is saved completely, and <see cref="Difference"/>
    /// describes what differs.
    /// </summary>
    public bool IsRecognized { get; init; } = true;

    /// <summary>The difference from LinkedIn's documentation, or null.</summary>
    public string? Difference { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
