namespace LinkedInExports.Emulator.Authentication;

/// <summary>What an access token is worth at some moment.</summary>
internal enum TokenState
{
    Unknown,
    Active,
    Expired,
    Revoked,
}
