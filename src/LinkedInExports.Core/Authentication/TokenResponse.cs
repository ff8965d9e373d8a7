using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Authentication;

/// <summary>The response of the token endpoint. Lifetimes are in seconds, as numbers or text.</summary>
internal sealed class TokenResponse
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; set; }

    [JsonPropertyName("expires_in")]
    public long? ExpiresIn { get; set; }

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; set; }
}
