namespace LinkedInExports.Emulator.Resumes;

/// <summary>What is kept of an uploaded file.</summary>
internal sealed class Blob
{
    /// <summary>Path in the blob store, with a leading slash.</summary>
    public required string Location { get; init; }

    public required int Length { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string FileName { get; init; }

    /// <summary>The type that the link was ordered for.</summary>
    public required string DeclaredType { get; init; }

    /// <summary>The type that the upload was sent with.</summary>
    public required string? SentType { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary><c>null</c> for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The file, if the emulator keeps those.</summary>
    public required byte[]? Bytes { get; init; }

    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;
}
