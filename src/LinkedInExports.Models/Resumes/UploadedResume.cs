namespace LinkedInExports;

/// <summary>A resume file that was uploaded to LinkedIn and is not linked to a candidate.</summary>
public sealed class UploadedResume
{
    /// <summary>The full path of the file.</summary>
    public string Path { get; init; } = "";

    /// <summary><c>application/pdf</c>, <c>application/msword</c> or <c>text/plain</c>.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>The length in bytes.</summary>
    public long Length { get; init; }

    /// <summary>The SHA-256 of the bytes that were sent, in lowercase hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>LinkedIn's URN of the file, <c>urn:li:ambryBlob:/…</c>.</summary>
    public string ResumeFile { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => ResumeFile;
}
