namespace LinkedInExports.Emulator.Authentication;

/// <summary>The access tokens: the initial one and the issued ones.</summary>
internal sealed class AccessTokens
{
    // About as long as LinkedIn's tokens of 500 characters, to detect buffers that are too short.
    private const int IssuedBytes = 372;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IssuedToken> _tokens = new(StringComparer.Ordinal);
    private readonly List<IssuedToken> _issued = [];
    private readonly EmulatorOptions _options;

    public AccessTokens(EmulatorOptions options)
    {
        _options = options;
        Current = options.AccessToken ?? RandomText.Token(48);
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        _tokens[Current] = new(Current, new(ScopeSet.Initial, now), now, expiresAt: null);
    }

    /// <summary>The initial token, which does not expire.</summary>
    public string Current { get; }

    public IReadOnlyList<string> Issued
    {
        get
        {
            lock (_lock)
                return [.. _issued.Select(token => token.Value)];
        }
    }

    /// <summary>Issues a token of a member, or of the application if there is no grant.</summary>
    public IssuedToken Issue(MemberGrant? grant)
    {
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        TimeSpan lifetime = grant is null ? _options.TokenLifetime : _options.MemberTokenLifetime;
        var token = new IssuedToken(RandomText.Token(IssuedBytes), grant, now, now + lifetime)
        {
            RemainingRefusals = _options.FreshTokenRefusals,
        };
        lock (_lock)
        {
            _tokens[token.Value] = token;
            _issued.Add(token);
        }

        return token;
    }

    public IssuedToken? Find(string token)
    {
        lock (_lock)
            return _tokens.GetValueOrDefault(token);
    }

    public TokenState GetState(string token)
    {
        lock (_lock)
            return Lookup(token)?.GetState(_options.TimeProvider.GetUtcNow()) ?? TokenState.Unknown;
    }

    /// <summary>Gets the state for an API request. A new token can be reported as revoked at first.</summary>
    public TokenState Authorize(string token)
    {
        lock (_lock)
        {
            TokenState state = GetState(token);
            if (state != TokenState.Active || Lookup(token) is not { RemainingRefusals: > 0 } fresh)
                return state;
            fresh.RemainingRefusals--;
            return TokenState.Revoked;
        }
    }

    public void RevokeAll()
    {
        lock (_lock)
        {
            foreach (IssuedToken token in _tokens.Values)
                token.IsRevoked = true;
        }
    }

    /// <summary>Revokes the tokens with other scopes, because a consent replaces the previous one.</summary>
    public void RevokeOtherScopes(string scope)
    {
        lock (_lock)
        {
            foreach (IssuedToken token in _issued.Where(token => token.Grant is { } grant && grant.Scope != scope))
                token.IsRevoked = true;
        }
    }

    private IssuedToken? Lookup(string token) => _tokens.GetValueOrDefault(token);
}
