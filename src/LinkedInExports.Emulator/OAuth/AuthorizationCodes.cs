using System.Collections.Concurrent;
using LinkedInExports.Emulator.Authentication;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>The authorization codes that have not been used.</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, AuthorizationCode> _codes = new(StringComparer.Ordinal);

    public string Issue(string scope, string redirectUri, string? challenge)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var code = new AuthorizationCode(
            RandomText.Token(96),
            new MemberGrant(scope, now),
            redirectUri,
            challenge,
            now + Lifetime
        );
        _codes[code.Value] = code;
        return code.Value;
    }

    /// <summary>Finds a code. Expired codes are returned too, because they have another error than unknown ones.</summary>
    public AuthorizationCode? Find(string value) => _codes.GetValueOrDefault(value);

    public bool IsValid(AuthorizationCode code) => clock.GetUtcNow() < code.ExpiresAt;

    /// <returns>False if the code was already used.</returns>
    public bool TryRedeem(AuthorizationCode code) => _codes.TryRemove(code.Value, out _);
}
