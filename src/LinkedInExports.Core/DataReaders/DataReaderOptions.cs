using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.DataReaders;

/// <summary>Settings of an <see cref="ExportDataReader"/>.</summary>
public sealed class DataReaderOptions
{
    /// <summary>The settings for reading each file.</summary>
    public ImportOptions Import { get; init; } = new();

    /// <summary>Whether the reader also has the columns of the source, see <see cref="ExportRecord"/>.</summary>
    public bool IncludesSource { get; init; }

    /// <summary>Whether the files are read without comparing them with their manifests and jobs.</summary>
    public bool SkipsVerification { get; init; }
}
