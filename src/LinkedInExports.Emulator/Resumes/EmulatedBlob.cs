using System.Globalization;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>An uploaded file, for tests.</summary>
public sealed class EmulatedBlob
{
    private readonly Blob _blob;

    internal EmulatedBlob(Blob blob)
    {
        _blob = blob;
    }

    /// <summary>The path in the blob store, with a leading slash.</summary>
    public string Location => _blob.Location;

    /// <summary>The URN in resumes: <c>urn:li:ambryBlob:</c> and the location.</summary>
    public string Urn => BlobUrn.Create(_blob.Location);

    /// <summary>The length in bytes.</summary>
    public int Length => _blob.Length;

    /// <summary>The SHA-256 in lowercase hexadecimal.</summary>
    public string Sha256 => Convert.ToHexString(_blob.Sha256).ToLowerInvariant();

    /// <summary>The decoded <c>x-ambry-filename</c>.</summary>
    public string FileName => _blob.FileName;

    /// <summary>The <c>contentType</c> in the request for the link.</summary>
    public string DeclaredType => _blob.DeclaredType;

    /// <summary>The <c>Content-Type</c> of the upload, or <c>null</c>.</summary>
    public string? SentType => _blob.SentType;

    /// <summary>The time of the upload, by the emulator's clock.</summary>
    public DateTimeOffset UploadedAt => _blob.UploadedAt;

    /// <summary>The time of expiry, or <c>null</c> if the file does not expire.</summary>
    public DateTimeOffset? ExpiresAt => _blob.ExpiresAt;

    /// <summary>The content, or <c>null</c> unless <see cref="EmulatorOptions.KeepUploads"/> is set.</summary>
    public IReadOnlyList<byte>? Bytes => _blob.Bytes;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FileName}, {Length} bytes");
}
