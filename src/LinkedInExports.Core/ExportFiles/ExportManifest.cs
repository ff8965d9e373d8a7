using System.Text.Json;
using System.Text.Json.Serialization;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// Describes a saved file in <c>{file}.manifest.json</c>, so that the file can be verified later and a part without a header
/// can be read. It contains no links and no tokens.
/// </summary>
/// <remarks>
/// The last property is <c>manifestSha256</c>, the SHA-256 of the JSON without that property. Manifests of earlier versions
/// do not have it and are accepted; a manifest with a wrong checksum is not.
/// </remarks>
internal sealed record ExportManifest
{
    internal const string Suffix = ".manifest.json";

    internal const int CurrentFormat = 1;

    /// <summary>The version of the format.</summary>
    public int Format { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<ExportType>))]
    [JsonPropertyName("kind")]
    public ExportType ExportType { get; init; }

    public long JobId { get; init; }

    /// <summary>Host and port of the API, because ids are valid for one server only.</summary>
    public string Api { get; init; } = "";

    /// <summary>The CRM instance or contract.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The exported period, in milliseconds since 1970-01-01T00:00:00Z; null where it is unknown.</summary>
    public long? StartAt { get; init; }

    public long? EndAt { get; init; }

    public int Part { get; init; }

    public int PartCount { get; init; }

    public long Length { get; init; }

    public long RowCount { get; init; }

    public string Sha256 { get; init; } = "";

    /// <summary>The names of the columns, in order.</summary>
    public string[] Columns { get; init; } = [];

    /// <summary>False for a part that begins with data.</summary>
    public bool HasHeader { get; init; }

    /// <summary>Whether the file is what LinkedIn's documentation describes. Earlier versions saved no other files.</summary>
    [JsonIgnore]
    internal bool IsRecognized
    {
        get => StoredIsRecognized ?? true;
        init => StoredIsRecognized = value;
    }

    /// <summary>As stored; null in manifests of earlier versions.</summary>
    [JsonPropertyName("isRecognized")]
    public bool? StoredIsRecognized { get; init; } = true;

    /// <summary>The differences from the documentation, in a sentence; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Difference { get; init; }

    /// <summary>The number of rows that LinkedIn announced for the job; null where it announced none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AnnouncedRowCount { get; init; }

    /// <summary>Read only: the presence of the property shows that the manifest must have a valid checksum.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ManifestSha256 { get; init; }

    /// <summary>Whether the manifest has a checksum, which proves that it is unchanged; false for earlier versions.</summary>
    [JsonIgnore]
    internal bool HasChecksum => ManifestSha256 is not null;

    internal SavedExportFile ToSavedFile(string path) =>
        new()
        {
            Path = path,
            ExportType = ExportType,
            JobId = JobId,
            Part = Part,
            PartCount = PartCount,
            Length = Length,
            RowCount = RowCount,
            Sha256 = Sha256,
            IsRecognized = IsRecognized,
            Difference = Difference,
        };

    internal void SaveFor(FileSystem files, string path)
    {
        using AtomicFileWriter writer = WriteFor(files, path);
        writer.Commit();
    }

    /// <summary>Writes the manifest of a file to the disk. It replaces an existing one when it is committed.</summary>
    internal AtomicFileWriter WriteFor(FileSystem files, string path) =>
        AtomicFileWriter.Write(
            files,
            path + Suffix,
            ManifestChecksum.AppendTo(JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.ExportManifest))
        );

    internal static bool ExistsFor(string path) => File.Exists(path + Suffix);

    /// <summary>Reads the manifest of a file; null if it does not exist or is not supported.</summary>
    /// <exception cref="LinkedInException">The manifest exists and cannot be read.</exception>
    internal static ExportManifest? TryLoadFor(string path) => TryLoadFor(path, out _);

    /// <summary>Reads the manifest of a file; null if it does not exist or is not supported.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isDamaged">Whether the manifest is damaged or was edited.</param>
    /// <exception cref="LinkedInException">The manifest exists and cannot be read.</exception>
    internal static ExportManifest? TryLoadFor(string path, out bool isDamaged)
    {
        isDamaged = false;
        string manifestPath = path + Suffix;
        if (!File.Exists(manifestPath))
            return null;

        byte[] json = FileErrors.TranslateRead(manifestPath, () => File.ReadAllBytes(manifestPath));
        try
        {
            ExportManifest? manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.ExportManifest);
            isDamaged = manifest is { HasChecksum: true } && !ManifestChecksum.IsValid(json);
            return
                !isDamaged
                && manifest is { Format: CurrentFormat, Columns: not null, Sha256: not null, Part: > 0, Length: >= 0 }
                && (manifest.HasHeader || manifest.Columns.Length > 0 || manifest.Length == 0)
                ? manifest
                : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            // The file is then treated as one without a manifest. Text with a checksum property was a manifest.
            isDamaged = ManifestChecksum.IsPresent(json);
            return null;
        }
    }

    /// <summary>Whether the manifest describes that part.</summary>
    internal bool Matches(PartIdentity part) =>
        (Api, Owner, JobId, Part, PartCount) == (part.Api, part.Owner, part.JobId, part.Part, part.PartCount)
        && (StartAt ?? part.StartAt) == (part.StartAt ?? StartAt)
        && (EndAt ?? part.EndAt) == (part.EndAt ?? EndAt);

    /// <summary>
    /// Whether the file has the number of rows that LinkedIn announces now, or was saved when LinkedIn announced the same
    /// number. The announced number is that of all parts, so it does not apply to one of several.
    /// </summary>
    internal bool HasMatchingRowCount(PartIdentity part) =>
        PartCount > 1
        || part.AnnouncedRowCount is not { } announced
        || announced == AnnouncedRowCount
        || MatchesAnnounced(RowCount, HasHeader ? 1 : 0, announced);

    /// <summary>
    /// Whether a number of rows is the announced one. LinkedIn does not document whether it counts headers, and the header of one
    /// file or of each.
    /// </summary>
    internal static bool MatchesAnnounced(long rows, int headers, long announced) =>
        rows == announced || rows + headers == announced || (headers > 0 && rows + 1 == announced);

    /// <summary>Whether the file has the length and the SHA-256 of the manifest.</summary>
    internal bool HashMatches(string path, CancellationToken cancellationToken)
    {
        return FileErrors.TranslateRead(
            path,
            () =>
            {
                using FileStream file = SequentialFile.OpenRead(path, FileShare.Read | FileShare.Delete);
                return file.Length == Length && Sha256Hash.ComputeHex(file, cancellationToken) == Sha256;
            }
        );
    }
}
