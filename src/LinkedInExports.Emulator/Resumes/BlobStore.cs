using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>Stores uploaded files.</summary>
internal sealed class BlobStore(EmulatorOptions options)
{
    private const int LocationBytes = 18;
    private const int MaxExtensionLength = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Blob> _blobs = new(StringComparer.Ordinal);

    // Interned, because there are few different values.
    private readonly HashSet<string> _contentTypes = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
                return _blobs.Count;
        }
    }

    public Blob Add(BodyDigest body, string fileName, UploadLinkRequest linkRequest, string? sentType) =>
        Add($"/AA{RandomText.UrlSafe(LocationBytes)}{GetExtension(fileName)}", body, fileName, linkRequest, sentType);

    public Blob Add(string location, BodyDigest body, string fileName, UploadLinkRequest linkRequest, string? sentType)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        lock (_lock)
        {
            return _blobs[location] = new()
            {
                Location = location,
                Length = (int)body.Length,
                Sha256 = body.Sha256,
                FileName = fileName,
                DeclaredType = linkRequest.ContentType,
                SentType = GetSharedContentType(sentType),
                UploadedAt = now,
                ExpiresAt = linkRequest.Ttl.GetExpiry(now) is { } end ? GetExpiry(now, end) : null,
                Bytes = body.Bytes,
            };
        }
    }

    /// <summary>Finds a file. Returns <c>null</c> if it does not exist or has expired.</summary>
    public Blob? Find(string location)
    {
        lock (_lock)
        {
            return _blobs.TryGetValue(location, out Blob? blob) && !blob.IsExpired(options.TimeProvider.GetUtcNow())
                ? blob
                : null;
        }
    }

    /// <summary>Gets all uploaded files, in no particular order.</summary>
    public IReadOnlyList<Blob> Snapshot()
    {
        lock (_lock)
            return [.. _blobs.Values];
    }

    private DateTimeOffset GetExpiry(DateTimeOffset now, DateTimeOffset end) =>
        options.Behavior.RetentionTime is { } kept ? now + kept : end;

    private string? GetSharedContentType(string? contentType)
    {
        if (contentType is null)
            return null;
        if (_contentTypes.TryGetValue(contentType, out string? shared))
            return shared;
        _contentTypes.Add(contentType);
        return contentType;
    }

    // Only characters that are valid in a header.
    private static string GetExtension(string fileName)
    {
        string extension = Path.GetExtension(fileName);
        bool isPlain = extension.Length is > 1 and <= MaxExtensionLength && extension.Skip(1).All(char.IsAsciiLetterOrDigit);
        return isPlain ? extension : "";
    }
}
