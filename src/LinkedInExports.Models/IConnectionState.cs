namespace LinkedInExports;

/// <summary>Provides what changes during a connection.</summary>
internal interface IConnectionState
{
    string? RefreshToken { get; }

    DateTimeOffset? TokenExpiresAt { get; }

    int RemainingRequests { get; }
}
