using LinkedInExports.Text;

namespace LinkedInExports;

/// <summary>
/// A link to a file that is good for about an hour and a secret for as long: whoever reads it may fetch the file. So it
/// shows nothing of itself in views, JSON or logs; <see cref="GetUri"/> gives it to who asks expressly.
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
