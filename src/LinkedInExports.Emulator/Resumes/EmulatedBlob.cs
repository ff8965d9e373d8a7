using System.Globalization;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>An uploaded file, as tests see it.</summary>
public sealed class EmulatedBlob
{
    private readonly Blob _blob;

    internal EmulatedBlob(Blob blob)
    {
        _blob = blob;
    }

    /// <summary>Path in the blob store, with a leading slash.</summary>
    public string Location => _blob.Location;

    /// <summary>What a resume names it by: <c>urn:li:ambryBlob:</c> and the location.</summary>
    public string Urn => BlobUrn.Create(_blob.Location);

    /// <summary>Length in bytes.</summary>
    public int Length => _blob.Length;

    /// <summary>SHA-256 in lower case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(_blob.Sha256);

    /// <summary>The decoded <c>x-ambry-filename</c>.</summary>
    public string FileName => _blob.FileName;

    /// <summary>The <c>contentType</c> that its link was asked for with.</summary>
    public string DeclaredType => _blob.DeclaredType;

    /// <summary>The <c>Content-Type</c> of the upload; <c>null</c> if there was none.</summary>
    public string? SentType => _blob.SentType;

    /// <summary>When it was uploaded, by the emulator's clock.</summary>
    public DateTimeOffset UploadedAt => _blob.UploadedAt;

    /// <summary>When it is gone; <c>null</c> for never.</summary>
    public DateTimeOffset? ExpiresAt => _blob.ExpiresAt;

    /// <summary>The file itself; <c>null</c> unless <see cref="EmulatorOptions.KeepUploads"/> is set.</summary>
    public IReadOnlyList<byte>? Bytes => _blob.Bytes;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FileName}, {Length} bytes");
}
