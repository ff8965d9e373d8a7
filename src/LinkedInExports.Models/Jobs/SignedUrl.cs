using System.Text;
using LinkedInExports.Text;

namespace LinkedInExports;

/// <summary>
/// A signed link to a file, valid for about an hour. Anyone who has it can download the file, so views, JSON and logs do not
/// show it; <see cref="GetUri"/> returns it.
/// </summary>
public sealed class SignedUrl
{
    private const int MaxSegmentLength = 64;

    private readonly Uri _uri;

    internal SignedUrl(Uri uri) => _uri = uri;

    /// <summary>The link itself.</summary>
    public Uri GetUri() => _uri;

    /// <summary>The host and path, without the signature.</summary>
    public override string ToString() => Sanitizer.Sanitize($"{_uri.Scheme}://{_uri.Authority}{GetPlainPath()}") + "?…";

    /// <summary>The link itself.</summary>
    public static implicit operator Uri(SignedUrl url) => url._uri;

    /// <summary>
    /// The path up to the first segment that is not a plain name, because a damaged link has its signature in the path.
    /// </summary>
    private string GetPlainPath()
    {
        var path = new StringBuilder();
        foreach (string segment in _uri.Segments)
        {
            if (
                segment.Length > MaxSegmentLength
                || !segment.All(character => character is '/' or '.' or '-' or '_' || char.IsLetterOrDigit(character))
            )
            {
                break;
            }

            path.Append(segment);
        }

        return path.ToString();
    }
}
