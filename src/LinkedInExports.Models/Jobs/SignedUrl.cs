using LinkedInExports.Text;

namespace LinkedInExports;

/// <summary>
/// A signed link to a file, valid for about an hour. Anyone who has it can download the file, so views, JSON and logs do not show it;
/// <see cref="GetUri"/> returns it.
/// </summary>
public sealed class SignedUrl
{
    private readonly Uri _uri;

    internal SignedUrl(Uri uri) => _uri = uri;

    /// <summary>The link itself.</summary>
    public Uri GetUri() => _uri;

    /// <summary>The host and path, without the signature.</summary>
    public override string ToString() => Sanitizer.Sanitize($"{_uri.Scheme}://{_uri.Authority}{_uri.AbsolutePath}") + "?…";

    /// <summary>The link itself.</summary>
    public static implicit operator Uri(SignedUrl url) => url._uri;
}
