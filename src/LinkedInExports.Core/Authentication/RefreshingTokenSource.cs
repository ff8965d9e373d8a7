using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Authentication;

/// <summary>
/// A token that is requested with the application's credentials, and a refresh token if there is one. It is renewed before it
/// expires or when LinkedIn rejects it. Concurrent callers share one request.
/// </summary>
public sealed class RefreshingTokenSource : IAccessTokenSource, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TokenEndpointClient _endpoint;
    private readonly bool _isMemberToken;
    private AccessToken? _current;
    private LinkedInException? _rejectedToken;
    private int _rejectionCount;
    private Secret? _refreshToken;

    private RefreshingTokenSource(TokenEndpointClient endpoint, bool isMemberToken, string? refreshToken)
    {
        _endpoint = endpoint;
        _isMemberToken = isMemberToken;
        _refreshToken = refreshToken is null ? null : new Secret(refreshToken);
    }

    /// <summary>The application's own tokens (client credentials).</summary>
    internal static RefreshingTokenSource FromClientCredentials(TokenEndpointClient endpoint) =>
        new(endpoint, isMemberToken: false, refreshToken: null);

    /// <summary>Creates a source of a member's tokens from a refresh token.</summary>
    internal static RefreshingTokenSource FromRefreshToken(TokenEndpointClient endpoint, string refreshToken) =>
        new(endpoint, isMemberToken: true, refreshToken);

    /// <summary>A member's token after a sign-in; LinkedIn gives refresh tokens to some applications only.</summary>
    internal static RefreshingTokenSource FromRefreshToken(TokenEndpointClient endpoint, TokenResponse signedIn)
    {
        var token = new RefreshingTokenSource(endpoint, isMemberToken: true, refreshToken: null);
        token.Store(signedIn);
        return token;
    }

    /// <summary>The current token, or null before the first one.</summary>
    public AccessToken? Current => Volatile.Read(ref _current);

    /// <summary>The newest refresh token, or null for an application's tokens.</summary>
    public string? RefreshToken => Volatile.Read(ref _refreshToken)?.Value;

    /// <inheritdoc/>
    public async Task<AccessToken> GetTokenAsync(IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _endpoint.Time.GetUtcNow();
        if (Current is { } usable && (!usable.ShouldRefresh(now) || !CanRenew))
            return usable;

        int seen = Volatile.Read(ref _rejectionCount);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is not { } current || current.ShouldRefresh(_endpoint.Time.GetUtcNow()))
                await RequestAsync(seen, diagnostics, cancellationToken).ConfigureAwait(false);
        }
        catch (LinkedInException failure) when (failure.IsTransient && _current?.IsExpired(_endpoint.Time.GetUtcNow()) == false)
        {
            // Early renewal is optional, so a transient failure is ignored while the token is valid.
        }
        finally
        {
            _gate.Release();
        }

        return _current!;
    }

    /// <inheritdoc/>
    public async Task<bool> RenewAsync(AccessToken rejectedToken, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        int seen = Volatile.Read(ref _rejectionCount);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!ReferenceEquals(rejectedToken, _current))
                return true;
            if (!CanRenew)
                return false;
            await RequestAsync(seen, diagnostics, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Asks LinkedIn whether a token is good.</summary>
    internal Task<bool> IsActiveAsync(AccessToken token, IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        _endpoint.IsActiveAsync(token, diagnostics, cancellationToken);

    /// <summary>Ends it; requests for tokens fail.</summary>
    public void Dispose()
    {
        _endpoint.Dispose();
        _gate.Dispose();
    }

    /// <summary>Returns a text without the tokens.</summary>
    public override string ToString() => nameof(RefreshingTokenSource);

    private bool CanRenew => !_isMemberToken || _refreshToken is not null;

    /// <summary>
    /// Requests a new token for one caller at a time. Callers that waited while the credentials were rejected get the same error,
    /// because each attempt with wrong credentials counts toward a lockout.
    /// </summary>
    private async Task RequestAsync(int refusalsSeen, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        if (_rejectionCount != refusalsSeen)
        {
            throw new LinkedInException(_rejectedToken!.Id, _rejectedToken.Message, _rejectedToken)
            {
                AffectsAllRequests = true,
                Detail = _rejectedToken.Detail,
            };
        }

        Dictionary<string, string> grant = _refreshToken is { } refreshToken
            ? new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken.Value }
            : new() { ["grant_type"] = "client_credentials" };
        try
        {
            Store(await _endpoint.RequestAsync(grant, diagnostics, cancellationToken).ConfigureAwait(false));
        }
        catch (LinkedInException refusal) when (refusal.AffectsAllRequests)
        {
            _rejectedToken = refusal;
            Interlocked.Increment(ref _rejectionCount);
            throw;
        }
    }

    private void Store(TokenResponse answer)
    {
        TimeSpan? lifetime = answer.ExpiresIn is > 0 and < int.MaxValue ? TimeSpan.FromSeconds(answer.ExpiresIn.Value) : null;
        Volatile.Write(ref _current, new AccessToken(answer.AccessToken!, _endpoint.Time.GetUtcNow(), lifetime));

        // Always the one that came last; where none came the old one stays good.
        if (answer.RefreshToken is { Length: > 0 } newest)
            Volatile.Write(ref _refreshToken, new Secret(newest));
    }
}
