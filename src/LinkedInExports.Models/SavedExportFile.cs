namespace LinkedInExports;

/// <summary>A file of an export, complete and verified on disk.</summary>
public sealed class SavedExportFile
{
    /// <summary>The full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>What the file contains.</summary>
    public ExportType ExportType { get; init; }

    /// <summary>The job that made it.</summary>
    public long JobId { get; init; }

    /// <summary>The number of this part, from 1.</summary>
    public int Part { get; init; }

    /// <summary>How many parts the export has.</summary>
    public int PartCount { get; init; }

    /// <summary>Size in bytes.</summary>
    public long Length { get; init; }

    /// <summary>Rows of data; the header is not one.</summary>
    public long RowCount { get; init; }

    /// <summary>SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>
    /// Whether the file is what LinkedIn's documentation describes. If false, it is saved completely, and
    /// <see cref="Difference"/> says what is not understood.
    /// </summary>
    public bool IsRecognized { get; init; } = true;

    /// <summary>What differs from LinkedIn's documentation, in a sentence; null for nothing.</summary>
    public string? Difference { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
