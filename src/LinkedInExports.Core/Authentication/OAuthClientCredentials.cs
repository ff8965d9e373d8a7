using LinkedInExports.Text;

namespace LinkedInExports.Core.Authentication;

/// <summary>An application at LinkedIn that tokens are made for.</summary>
public sealed class OAuthClientCredentials(string clientId, string clientSecret)
{
    /// <summary>Its id.</summary>
    public string ClientId => clientId;

    private readonly Secret _clientSecret = new(clientSecret);

    internal string ClientSecret => _clientSecret.Value;

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => clientId;
}
