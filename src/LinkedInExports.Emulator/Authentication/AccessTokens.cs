namespace LinkedInExports.Emulator.Authentication;

/// <summary>The tokens that open the API: the one that is there from the start, and all that were issued since.</summary>
internal sealed class AccessTokens
{
    // About the 500 characters of LinkedIn's own: too long for whoever reserves less.
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

    /// <summary>The token that is there from the start and does not expire.</summary>
    public string Current { get; }

    public IReadOnlyList<string> Issued
    {
        get
        {
            lock (_lock)
                return [.. _issued.Select(token => token.Value)];
        }
    }

    /// <summary>Makes a token of a member, or of the application if there is no consent of one.</summary>
    public IssuedToken Issue(MemberGrant? grant)
    {
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        TimeSpan lifetime = grant is null ? _options.TokenLifetime : _options.MemberTokenLifetime;
        var token = new IssuedToken(RandomText.Token(IssuedBytes), grant, now, now + lifetime)
        {
            RemainingRejections = _options.FreshTokenRefusals,
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

    /// <summary>As <see cref="GetState"/>, for a request to the API: a fresh token may look revoked to it for a while.</summary>
    public TokenState Authorize(string token)
    {
        lock (_lock)
        {
            TokenState state = GetState(token);
            if (state != TokenState.Active || Lookup(token) is not { RemainingRejections: > 0 } fresh)
                return state;
            fresh.RemainingRejections--;
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

    /// <summary>A member who agrees to something else takes back what was agreed to before.</summary>
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
