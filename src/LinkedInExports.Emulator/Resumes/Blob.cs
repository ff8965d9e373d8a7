namespace LinkedInExports.Emulator.Resumes;

/// <summary>An uploaded file.</summary>
internal sealed class Blob
{
    /// <summary>The path in the blob store, with a leading slash.</summary>
    public required string Location { get; init; }

    public required int Length { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string FileName { get; init; }

    /// <summary>The content type in the request for the link.</summary>
    public required string DeclaredType { get; init; }

    /// <summary>The content type of the upload.</summary>
    public required string? SentType { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>The time of expiry, or <c>null</c> if the file does not expire.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The content, if the emulator keeps uploads.</summary>
    public required byte[]? Bytes { get; init; }

    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;
}
