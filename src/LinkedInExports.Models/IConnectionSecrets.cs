namespace LinkedInExports;

/// <summary>Provides the tokens of a connection.</summary>
internal interface IConnectionSecrets
{
    string? RefreshToken { get; }

    DateTimeOffset? TokenExpiresAt { get; }
}
