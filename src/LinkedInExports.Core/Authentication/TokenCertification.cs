using System.Globalization;
using System.Runtime.CompilerServices;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Authentication;

/// <summary>
/// Tests a connection against LinkedIn's certification points for tokens, CRM-001 to CRM-005 (Talent CRM Connect
/// Certification, module 1). The tests get new tokens.
/// </summary>
internal sealed class TokenCertification(IAccessTokenSource source, TimeProvider time)
{
    private const string TokenOnly =
        "The connection uses a token that cannot be tested or renewed. Connect with -ClientCredential.";

    internal async IAsyncEnumerable<ConnectionTestResult> RunAsync(
        IDiagnostics diagnostics,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return await RunTestAsync(
                "CRM-001",
                "Gets a token with the client's credentials",
                VerifyRequestAsync,
                diagnostics,
                cancellationToken
            )
            .ConfigureAwait(false);
        yield return await RunTestAsync(
                "CRM-002",
                "Can find out whether a token is valid",
                VerifyIntrospectionAsync,
                diagnostics,
                cancellationToken
            )
            .ConfigureAwait(false);
        yield return await RunTestAsync("CRM-003", "Knows when a token ends", VerifyExpiryAsync, diagnostics, cancellationToken)
            .ConfigureAwait(false);
        yield return await RunTestAsync(
                "CRM-004",
                "Uses a token again until it is near its end",
                VerifyReuseAsync,
                diagnostics,
                cancellationToken
            )
            .ConfigureAwait(false);
        yield return await RunTestAsync(
                "CRM-005",
                "Gets a new token when LinkedIn rejects the current one",
                VerifyRenewalAsync,
                diagnostics,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<ConnectionTestResult> RunTestAsync(
        string name,
        string requirement,
        Func<RefreshingTokenSource, IDiagnostics, CancellationToken, Task<string?>> test,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        bool passed = false;
        string detail;
        try
        {
            string? seen = source is RefreshingTokenSource renewable
                ? await test(renewable, diagnostics, cancellationToken).ConfigureAwait(false)
                : null;
            passed = seen is not null;
            detail = seen ?? TokenOnly;
        }
        catch (LinkedInException failure)
        {
            detail = failure.Message;
        }

        return new ConnectionTestResult
        {
            Name = name,
            Requirement = requirement,
            Passed = passed,
            Detail = detail,
        };
    }

    private async Task<string?> VerifyRequestAsync(
        RefreshingTokenSource token,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        AccessToken got = await token.GetTokenAsync(diagnostics, cancellationToken).ConfigureAwait(false);
        return $"A token was issued that expires at {got.ExpiresAt:u}.";
    }

    private async Task<string?> VerifyIntrospectionAsync(
        RefreshingTokenSource token,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        AccessToken current = await token.GetTokenAsync(diagnostics, cancellationToken).ConfigureAwait(false);
        return await token.IsActiveAsync(current, diagnostics, cancellationToken).ConfigureAwait(false)
            ? "LinkedIn's introspection says that the token is active."
            : throw new LinkedInException(
                LinkedInErrorId.TokenRejected,
                "LinkedIn's introspection says that the token is not active."
            );
    }

    private async Task<string?> VerifyExpiryAsync(
        RefreshingTokenSource token,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        AccessToken current = await token.GetTokenAsync(diagnostics, cancellationToken).ConfigureAwait(false);
        DateTimeOffset end =
            current.ExpiresAt
            ?? throw new LinkedInException(
                LinkedInErrorId.UnexpectedResponse,
                "LinkedIn did not say how long the token is good for."
            );
        TimeSpan remaining = end - time.GetUtcNow();
        if (remaining <= TimeSpan.Zero)
            throw new LinkedInException(LinkedInErrorId.TokenRejected, $"The token expired at {end:u}.");
        string format = remaining.Days > 0 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss";
        return $"The token is good for another {remaining.ToString(format, CultureInfo.InvariantCulture)}.";
    }

    private static async Task<string?> VerifyReuseAsync(
        RefreshingTokenSource token,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        AccessToken first = await token.GetTokenAsync(diagnostics, cancellationToken).ConfigureAwait(false);
        AccessToken second = await token.GetTokenAsync(diagnostics, cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(first, second)
            ? "Two requests in a row used the same token; it is replaced after 80 % of its life."
            : throw new LinkedInException(
                LinkedInErrorId.UnexpectedResponse,
                "Two requests in a row used different tokens: they live too short to be used again."
            );
    }

    private static async Task<string?> VerifyRenewalAsync(
        RefreshingTokenSource token,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        AccessToken old = await token.GetTokenAsync(diagnostics, cancellationToken).ConfigureAwait(false);
        return await token.RenewAsync(old, diagnostics, cancellationToken).ConfigureAwait(false)
            ? "A new token was issued after the rejection."
            : throw new LinkedInException(
                LinkedInErrorId.InvalidCredentials,
                "The connection has no refresh token, so the member must sign in again."
            );
    }
}
