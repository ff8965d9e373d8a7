using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Authentication;

/// <summary>
/// A token that is requested with the application's credentials, and a refresh token if there is one. It is renewed before it
/// expires or when LinkedIn rejects it. Concurrent callers share one request; they do not wait for it while the token is valid.
/// </summary>
public sealed class RefreshingTokenSource : IAccessTokenSource, IDisposable
{
    /// <summary>The minimum delay after a failed early renewal, so that not each API request repeats it.</summary>
    private static readonly TimeSpan EarlyRenewalDelay = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TokenEndpointClient _endpoint;
    private readonly bool _isMemberToken;
    private AccessToken? _current;
    private LinkedInException? _rejectedToken;
    private int _rejectionCount;
    private Secret? _refreshToken;
    private DateTimeOffset _nextEarlyRenewal; // Used only while the gate is held.

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
        AccessToken? current = Current;
        if (current is not null && (!current.ShouldRefresh(now) || !CanRenew))
            return current;

        int refusalsSeen = Volatile.Read(ref _rejectionCount);
        if (current is null || current.IsExpired(now))
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        else if (!await _gate.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
            return current; // Another caller renews it.

        try
        {
            await RefreshAsync(refusalsSeen, diagnostics, cancellationToken).ConfigureAwait(false);
            return _current!;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<bool> RenewAsync(AccessToken rejectedToken, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        int refusalsSeen = Volatile.Read(ref _rejectionCount);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!ReferenceEquals(rejectedToken, _current))
                return true;
            if (!CanRenew)
                return false;
            await RequestAsync(refusalsSeen, canRetry: true, diagnostics, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Replaces the current token if it is missing, has expired or is about to expire.</summary>
    private async Task RefreshAsync(int refusalsSeen, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _endpoint.Time.GetUtcNow();
        if (_current is { } current && !current.IsExpired(now))
        {
            if (!current.ShouldRefresh(now) || now < _nextEarlyRenewal)
                return;
            if (await TryRenewEarlyAsync(refusalsSeen, diagnostics, cancellationToken).ConfigureAwait(false))
                return;
        }

        await RequestAsync(refusalsSeen, canRetry: true, diagnostics, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renews a token that is still valid. A transient failure is ignored, because this renewal is optional.</summary>
    /// <returns>False if the token has expired during a failed request.</returns>
    private async Task<bool> TryRenewEarlyAsync(int refusalsSeen, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        try
        {
            // Without retries, which can take longer than the token is valid: the caller waits although it has a valid token.
            await RequestAsync(refusalsSeen, canRetry: false, diagnostics, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (LinkedInException failure)
        {
            DateTimeOffset now = _endpoint.Time.GetUtcNow();
            _nextEarlyRenewal = now.AddSaturating(
                failure.RetryAfter is { } requested && requested > EarlyRenewalDelay ? requested : EarlyRenewalDelay
            );
            if (!failure.IsTransient)
                throw;
            return !_current!.IsExpired(now);
        }
    }

    /// <summary>
    /// Requests a new token for one caller at a time. Callers that waited while the credentials were rejected get the same error,
    /// because each attempt with wrong credentials counts toward a lockout.
    /// </summary>
    private async Task RequestAsync(
        int refusalsSeen,
        bool canRetry,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
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
            Store(await _endpoint.RequestAsync(grant, canRetry, diagnostics, cancellationToken).ConfigureAwait(false));
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
