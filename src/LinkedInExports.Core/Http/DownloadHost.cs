namespace LinkedInExports.Core.Http;

/// <summary>A host from which files may be downloaded.</summary>
/// <param name="Name">The exact name, such as <c>media.licdn.com</c>.</param>
/// <param name="ReceivesToken">Whether requests to it carry the access token; signed links need none.</param>
public sealed record DownloadHost(string Name, bool ReceivesToken)
{
    private const string TokenSuffix = "=token";

    /// <summary>The hosts in LinkedIn's documentation; only hosts of linkedin.com receive the token.</summary>
    public static IReadOnlyList<DownloadHost> Documented { get; } =
    [new("www.linkedin.com", true), new("media.licdn.com", false)];

    /// <summary>Parses <c>name</c>, or <c>name=token</c> for a host that receives the token.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>: it is not the name of a
    /// host.</exception>
    public static DownloadHost Parse(string text)
    {
        string trimmed = text.Trim();
        bool receivesToken = trimmed.EndsWith(TokenSuffix, StringComparison.OrdinalIgnoreCase);
        string name = receivesToken ? trimmed.Substring(0, trimmed.Length - TokenSuffix.Length) : trimmed;
        return Uri.CheckHostName(name) != UriHostNameType.Unknown
            ? new DownloadHost(name, receivesToken)
            : throw new LinkedInException(
                LinkedInErrorId.InvalidAddress,
                $"'{text}' is not the name of a host. Specify only the name, such as media.licdn.com, or add =token if it "
                    + "receives the token."
            )
            {
                Target = text,
            };
    }

    /// <summary>Returns the text that <see cref="Parse"/> accepts.</summary>
    public override string ToString() => ReceivesToken ? Name + TokenSuffix : Name;
}
