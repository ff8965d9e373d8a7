using LinkedInExports.Core.Messages;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Auth;

/// <summary>
/// A token that is made with the application's credentials, alone or with a refresh token, and made anew before its end or
/// when LinkedIn refuses it. However many workers find it old, one of them asks for the new one.
/// </summary>
public sealed class RenewableAccessToken : IAccessTokenSource, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TokenEndpoint _endpoint;
    private readonly bool _isOfMember;
    private AccessToken? _current;
    private LinkedInException? _refusal;
    private int _refusals;
    private Secret? _refreshToken;

    private RenewableAccessToken(TokenEndpoint endpoint, bool isOfMember, string? refreshToken)
    {
        _endpoint = endpoint;
        _isOfMember = isOfMember;
        _refreshToken = refreshToken is null ? null : new Secret(refreshToken);
    }

    /// <summary>The application's own tokens (client credentials).</summary>
    internal static RenewableAccessToken OfApplication(TokenEndpoint endpoint) => new(endpoint, isOfMember: false, refreshToken: null);

    /// <summary>A member's tokens, made with a refresh token.</summary>
    internal static RenewableAccessToken OfMember(TokenEndpoint endpoint, string refreshToken) => new(endpoint, isOfMember: true, refreshToken);

    /// <summary>A member's token after a sign-in; LinkedIn gives refresh tokens to some applications only.</summary>
    internal static RenewableAccessToken OfMember(TokenEndpoint endpoint, TokenAnswer signedIn)
    {
        var token = new RenewableAccessToken(endpoint, isOfMember: true, refreshToken: null);
        token.Keep(signedIn);
        return token;
    }

    /// <summary>The current token; null before the first.</summary>
    public AccessToken? Current => Volatile.Read(ref _current);

    /// <summary>The newest refresh token, for the user's vault; null for an application's own tokens.</summary>
    public string? RefreshToken => Volatile.Read(ref _refreshToken)?.Value;

    /// <inheritdoc/>
    public async Task<AccessToken> GetTokenAsync(IMessages messages, CancellationToken cancellation)
    {
        DateTimeOffset now = _endpoint.Time.GetUtcNow();
        if (Current is { } usable && (!usable.IsDueAt(now) || !CanRenew))
            return usable;

        int seen = Volatile.Read(ref _refusals);
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_current is not { } current || current.IsDueAt(_endpoint.Time.GetUtcNow()))
                await RequestAsync(seen, messages, cancellation).ConfigureAwait(false);
        }
        catch (LinkedInException failure) when (failure.IsTransient && _current?.IsExpiredAt(_endpoint.Time.GetUtcNow()) == false)
        {
            // Replacing it early is a courtesy; a passing failure of it is no reason to stop while the token is good.
        }
        finally
        {
            _gate.Release();
        }

        return _current!;
    }

    /// <inheritdoc/>
    public async Task<bool> RenewAsync(AccessToken refused, IMessages messages, CancellationToken cancellation)
    {
        int seen = Volatile.Read(ref _refusals);
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!ReferenceEquals(refused, _current))
                return true;
            if (!CanRenew)
                return false;
            await RequestAsync(seen, messages, cancellation).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Asks LinkedIn whether a token is good.</summary>
    internal Task<bool> IsActiveAsync(AccessToken token, IMessages messages, CancellationToken cancellation) =>
        _endpoint.IsActiveAsync(token, messages, cancellation);

    /// <summary>Ends it; requests for tokens fail.</summary>
    public void Dispose()
    {
        _endpoint.Dispose();
        _gate.Dispose();
    }

    /// <summary>Says nothing of the tokens.</summary>
    public override string ToString() => nameof(RenewableAccessToken);

    private bool CanRenew => !_isOfMember || _refreshToken is not null;

    /// <summary>
    /// Requests a new token; called by one caller at a time. Those that waited while the credentials were refused get the same
    /// refusal: each attempt with wrong credentials counts toward a lockout.
    /// </summary>
    private async Task RequestAsync(int refusalsSeen, IMessages messages, CancellationToken cancellation)
    {
        if (_refusals != refusalsSeen)
            throw new LinkedInException(_refusal!.Id, _refusal.Message, _refusal) { IsPermanent = true, Detail = _refusal.Detail };

        Dictionary<string, string> grant = _refreshToken is { } refreshToken
            ? new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken.Value }
            : new() { ["grant_type"] = "client_credentials" };
        try
        {
            Keep(await _endpoint.RequestAsync(grant, messages, cancellation).ConfigureAwait(false));
        }
        catch (LinkedInException refusal) when (refusal.IsPermanent)
        {
            _refusal = refusal;
            Interlocked.Increment(ref _refusals);
            throw;
        }
    }

    private void Keep(TokenAnswer answer)
    {
        TimeSpan? lifetime = answer.ExpiresIn is > 0 and < int.MaxValue ? TimeSpan.FromSeconds(answer.ExpiresIn.Value) : null;
        Volatile.Write(ref _current, new AccessToken(answer.AccessToken!, _endpoint.Time.GetUtcNow(), lifetime));

        // Always the one that came last; where none came the old one stays good.
        if (answer.RefreshToken is { Length: > 0 } newest)
            Volatile.Write(ref _refreshToken, new Secret(newest));
    }
}
