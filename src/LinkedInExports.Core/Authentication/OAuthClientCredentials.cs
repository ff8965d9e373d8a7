using LinkedInExports.Text;

namespace LinkedInExports.Core.Authentication;

/// <summary>The client id and secret of an application.</summary>
public sealed class OAuthClientCredentials(string clientId, string clientSecret)
{
    /// <summary>Its id.</summary>
    public string ClientId => clientId;

    private readonly Secret _clientSecret = new(clientSecret);

    internal string ClientSecret => _clientSecret.Value;

    /// <summary>Returns a text without the secret.</summary>
    public override string ToString() => clientId;
}
