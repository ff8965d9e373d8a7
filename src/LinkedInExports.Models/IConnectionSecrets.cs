namespace LinkedInExports;

/// <summary>What a connection tells of its tokens when it is asked expressly.</summary>
internal interface IConnectionSecrets
{
    string? RefreshToken { get; }

    DateTimeOffset? TokenExpiresAt { get; }
}
