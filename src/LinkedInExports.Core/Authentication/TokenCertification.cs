using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Authentication;

/// <summary>
/// LinkedIn's certification points for tokens, CRM-001 to CRM-005 (Talent CRM Connect Certification, module 1), tried for
/// real: new tokens are made on the way.
/// </summary>
internal sealed class TokenCertification(IAccessTokenSource source, TimeProvider time)
{
    private const string TokenOnly = "The connection was made with a token, which it can neither check nor replace. Connect with -ClientCredential.";

    internal async Task RunAsync(ICommandOutput output, CancellationToken cancellationToken)
    {
        await RunTestAsync(output, "CRM-001", "Gets a token with the client's credentials", VerifyRequestAsync, cancellationToken).ConfigureAwait(false);
        await RunTestAsync(output, "CRM-002", "Can find out whether a token is valid", VerifyIntrospectionAsync, cancellationToken).ConfigureAwait(false);
        await RunTestAsync(output, "CRM-003", "Knows when a token ends", VerifyExpiryAsync, cancellationToken).ConfigureAwait(false);
        await RunTestAsync(output, "CRM-004", "Uses a token again until it is near its end", VerifyReuseAsync, cancellationToken).ConfigureAwait(false);
        await RunTestAsync(output, "CRM-005", "Gets a new token when LinkedIn refuses the old one", VerifyRenewalAsync, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunTestAsync(
        ICommandOutput output, string name, string requirement, Func<RefreshingTokenSource, ICommandOutput, CancellationToken, Task<string?>> test, CancellationToken cancellationToken)
    {
        bool passed = false;
        string detail;
        try
        {
            string? seen = source is RefreshingTokenSource renewable ? await test(renewable, output, cancellationToken).ConfigureAwait(false) : null;
            passed = seen is not null;
            detail = seen ?? TokenOnly;
        }
        catch (LinkedInException failure)
        {
            detail = failure.Message;
        }

        output.Output(new ConnectionTestResult { Name = name, Requirement = requirement, Passed = passed, Detail = detail });
    }

    private async Task<string?> VerifyRequestAsync(RefreshingTokenSource token, ICommandOutput output, CancellationToken cancellationToken)
    {
        AccessToken got = await token.GetTokenAsync(output, cancellationToken).ConfigureAwait(false);
        return $"A token was made that ends at {got.ExpiresAt:u}.";
    }

    private async Task<string?> VerifyIntrospectionAsync(RefreshingTokenSource token, ICommandOutput output, CancellationToken cancellationToken)
    {
        AccessToken current = await token.GetTokenAsync(output, cancellationToken).ConfigureAwait(false);
        return await token.IsActiveAsync(current, output, cancellationToken).ConfigureAwait(false)
            ? "LinkedIn's introspection says that the token is active."
            : throw new LinkedInException(LinkedInErrorId.TokenRejected, "LinkedIn's introspection says that the token is not active.");
    }

    private async Task<string?> VerifyExpiryAsync(RefreshingTokenSource token, ICommandOutput output, CancellationToken cancellationToken)
    {
        AccessToken current = await token.GetTokenAsync(output, cancellationToken).ConfigureAwait(false);
        return current.ExpiresAt is { } end
            ? $"The token is good for another {end - time.GetUtcNow():hh\\:mm\\:ss}."
            : throw new LinkedInException(LinkedInErrorId.UnexpectedResponse, "LinkedIn did not say how long the token is good for.");
    }

    private static async Task<string?> VerifyReuseAsync(RefreshingTokenSource token, ICommandOutput output, CancellationToken cancellationToken)
    {
        AccessToken first = await token.GetTokenAsync(output, cancellationToken).ConfigureAwait(false);
        AccessToken second = await token.GetTokenAsync(output, cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(first, second)
            ? "Two requests in a row used the same token; it is replaced after 80 % of its life."
            : throw new LinkedInException(LinkedInErrorId.UnexpectedResponse, "Two requests in a row used different tokens: they live too short to be used again.");
    }

    private static async Task<string?> VerifyRenewalAsync(RefreshingTokenSource token, ICommandOutput output, CancellationToken cancellationToken)
    {
        AccessToken old = await token.GetTokenAsync(output, cancellationToken).ConfigureAwait(false);
        return await token.RenewAsync(old, output, cancellationToken).ConfigureAwait(false)
            ? "After a refusal a new token was made."
            : throw new LinkedInException(LinkedInErrorId.InvalidCredentials, "There is no refresh token to make a new one with; the member has to sign in again.");
    }
}
