using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// What is known of a saved file, kept beside it as <c>{file}.manifest.json</c>: enough to prove months later that it is
/// still the same, and to read a part that came without a header. No link and no token is in it.
/// </summary>
/// <remarks>
/// The last property is <c>manifestSha256</c>, the SHA-256 of the JSON without that property. Manifests of earlier versions
/// do not have it and are accepted; a manifest whose checksum is wrong is not.
/// </remarks>
internal sealed class ExportManifest
{
    private const string Suffix = ".manifest.json";

    internal const int CurrentFormat = 1;

    /// <summary>The version of this form.</summary>
    public int Format { get; set; }

    [JsonConverter(typeof(JsonStringEnumConverter<ExportType>))]
    [JsonPropertyName("kind")]
    public ExportType ExportType { get; set; }

    public long JobId { get; set; }

    /// <summary>Host and port of the API: ids of one server mean nothing at another.</summary>
    public string Api { get; set; } = "";

    /// <summary>The CRM instance or contract.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The exported period, in milliseconds since 1970-01-01T00:00:00Z; null where it is not known.</summary>
    public long? StartAt { get; set; }

    public long? EndAt { get; set; }

    public int Part { get; set; }

    public int PartCount { get; set; }

    public long Length { get; set; }

    public long RowCount { get; set; }

    public string Sha256 { get; set; } = "";

    /// <summary>The names of the columns, in order.</summary>
    public string[] Columns { get; set; } = [];

    /// <summary>False for a part that begins with data at once.</summary>
    public bool HasHeader { get; set; }

    /// <summary>Whether the file is what LinkedIn's documentation describes. Earlier versions saved no others.</summary>
    public bool IsRecognized { get; set; } = true;

    /// <summary>What differs from the documentation, in a sentence; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Difference { get; set; }

    /// <summary>The rows that LinkedIn announced for the job; null where it announced none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AnnouncedRowCount { get; set; }

    /// <summary>Only for reading: a property of that name shows that there has to be a checksum.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ManifestSha256 { get; set; }

    /// <summary>Whether the checksum proves that the manifest is as it was written; false for one of an earlier version.</summary>
    [JsonIgnore]
    internal bool HasChecksum => ManifestSha256 is not null;

    internal SavedExportFile ToSavedFile(string path) => new()
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

    internal void SaveFor(FileSystem files, string path) =>
        AtomicFileWriter.WriteAllBytes(files, path + Suffix, ManifestChecksum.AppendTo(JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.ExportManifest)));

    /// <summary>The manifest of a file, or null when there is none that this version understands.</summary>
    /// <exception cref="LinkedInException">It is there but cannot be read.</exception>
    internal static ExportManifest? TryLoadFor(string path) => TryLoadFor(path, out _);

    /// <summary>The manifest of a file, or null when there is none that this version understands.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isDamaged">Whether there is one that is not as it was written.</param>
    /// <exception cref="LinkedInException">It is there but cannot be read.</exception>
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
            return !isDamaged
                && manifest is { Format: CurrentFormat, Columns: not null, Sha256: not null, Part: > 0, Length: >= 0 }
                && (manifest.HasHeader || manifest.Columns.Length > 0 || manifest.Length == 0)
                ? manifest
                : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            // The file beside it is then treated like any file. What begins as a manifest does was one.
            isDamaged = ManifestChecksum.IsPresent(json);
            return null;
        }
    }

    /// <summary>Whether it speaks of that part of that job.</summary>
    internal bool Matches(ExportManifest job) =>
        (Api, Owner, JobId, Part, PartCount) == (job.Api, job.Owner, job.JobId, job.Part, job.PartCount)
        && (StartAt ?? job.StartAt) == (job.StartAt ?? StartAt)
        && (EndAt ?? job.EndAt) == (job.EndAt ?? EndAt);

    /// <summary>
    /// Whether it has the number of rows that LinkedIn announces for the job now, or was saved when LinkedIn announced the same.
    /// The announced number is that of all parts, so it says nothing about one of several.
    /// </summary>
    internal bool HasMatchingRowCount(ExportManifest job) =>
        PartCount > 1 || job.AnnouncedRowCount is not { } announced || announced == AnnouncedRowCount
        || MatchesAnnounced(RowCount, HasHeader, announced);

    /// <summary>Whether a number of rows is the announced one. LinkedIn does not document whether it counts the header.</summary>
    internal static bool MatchesAnnounced(long rows, bool hasHeader, long announced) => rows == announced || (hasHeader && rows + 1 == announced);

    /// <summary>Whether the file has the length and the SHA-256 that stand here.</summary>
    internal bool HashMatches(string path, CancellationToken cancellationToken)
    {
        return FileErrors.TranslateRead(path, () =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            return file.Length == Length && ComputeSha256(file, cancellationToken) == Sha256;
        });
    }

    private static string ComputeSha256(Stream stream, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[256 * 1024];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Hex.Encode(hash.GetHashAndReset());
    }
}
