namespace LinkedInExports.Emulator.Authentication;

/// <summary>The refresh tokens that are not revoked, in the order of creation.</summary>
internal sealed class RefreshTokens
{
    private const int Bytes = 372;

    private readonly Lock _lock = new();
    private readonly List<RefreshToken> _tokens = [];
    private readonly EmulatorOptions _options;
    private string _newest = "";

    public RefreshTokens(EmulatorOptions options)
    {
        _options = options;
        var grant = new MemberGrant(ScopeSet.Initial, options.TimeProvider.GetUtcNow());
        Add(options.RefreshToken ?? RandomText.Token(Bytes), grant);
    }

    /// <summary>The newest valid token, or the newest token if none is valid.</summary>
    public string Newest
    {
        get
        {
            lock (_lock)
                return _tokens.FindLast(IsValid)?.Value ?? _newest;
        }
    }

    public RefreshToken Issue(MemberGrant grant)
    {
        lock (_lock)
            return Add(RandomText.Token(Bytes), grant);
    }

    /// <summary>Redeems a token and gets the one to use from now on, usually the same.</summary>
    /// <returns>The token, or <c>null</c> if the value is invalid.</returns>
    public RefreshToken? Redeem(string value)
    {
        lock (_lock)
        {
            RefreshToken? token = _tokens.Find(token => token.Value == value && IsValid(token));
            if (token is null || !_options.RotateRefreshTokens || !_options.IssueRefreshTokens)
                return token;
            _tokens.Remove(token);
            return Add(RandomText.Token(Bytes), token.Grant);
        }
    }

    /// <inheritdoc cref="AccessTokens.RevokeOtherScopes"/>
    public void RevokeOtherScopes(string scope)
    {
        lock (_lock)
            _tokens.RemoveAll(token => token.Grant.Scope != scope);
    }

    private RefreshToken Add(string value, MemberGrant grant)
    {
        // The lifetime begins with the consent. Neither use nor rotation extends it.
        var token = new RefreshToken(value, grant, grant.AuthorizedAt + _options.RefreshTokenLifetime);
        _tokens.Add(token);
        _newest = value;
        return token;
    }

    private bool IsValid(RefreshToken token) => _options.TimeProvider.GetUtcNow() < token.ExpiresAt;
}
