using System.Net;
using System.Security.Cryptography;
using System.Text;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Authentication;

/// <summary>
/// Signs a member in with the browser (authorization code): LinkedIn sends the browser back to this machine, with a code
/// that is good for one token.
/// </summary>
public static class AuthorizationCodeFlow
{
    /// <summary>Opens the browser and waits for the member.</summary>
    /// <param name="application">The application that asks.</param>
    /// <param name="signIn">The requested scopes and the redirect address.</param>
    /// <param name="options">The settings of the OAuth host.</param>
    /// <param name="openBrowser">Shows an address to the member.</param>
    /// <param name="diagnostics">Gets a line for each request to the token endpoint.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.SignInFailed"/>, <see cref="LinkedInErrorId.InvalidCredentials"/>, or
    /// <see cref="LinkedInErrorId.InvalidAddress"/>.
    /// </exception>
    public static async Task<RefreshingTokenSource> AuthorizeAsync(
        OAuthClientCredentials application,
        AuthorizationCodeOptions signIn,
        OAuthOptions options,
        Action<Uri> openBrowser,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        if (!signIn.RedirectUri.IsAbsoluteUri || !signIn.RedirectUri.IsLoopback || signIn.RedirectUri.Scheme != Uri.UriSchemeHttp)
        {
            throw new LinkedInException(
                LinkedInErrorId.InvalidAddress,
                "The redirect address must be on this machine, for example http://localhost:8912/callback."
            );
        }

        TokenEndpointClient endpoint = options.CreateEndpoint(application);
        string state = CreateRandomText();
        string verifier = CreateRandomText();

        using HttpListener listener = StartListener(signIn.RedirectUri);
        openBrowser(CreateAuthorizationUri(application, signIn, options.TokenUri, state, verifier));
        string code = await ReceiveCodeAsync(listener, signIn, state, options.Time, cancellationToken).ConfigureAwait(false);

        var grant = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = signIn.RedirectUri.OriginalString,
        };
        if (signIn.UsePkce)
            grant.Add("code_verifier", verifier);
        return RefreshingTokenSource.FromRefreshToken(
            endpoint,
            await endpoint.RequestAsync(grant, diagnostics, cancellationToken).ConfigureAwait(false)
        );
    }

    private static Uri CreateAuthorizationUri(
        OAuthClientCredentials application,
        AuthorizationCodeOptions signIn,
        Uri tokenUri,
        string state,
        string verifier
    )
    {
        var query = new List<(string Name, string Value)>
        {
            ("response_type", "code"),
            ("client_id", application.ClientId),
            ("redirect_uri", signIn.RedirectUri.OriginalString),
            ("state", state),
            ("scope", string.Join(" ", signIn.Scope)),
        };
        if (signIn.UsePkce)
        {
            query.Add(("code_challenge", CreateChallenge(verifier)));
            query.Add(("code_challenge_method", "S256"));
        }

        string text = string.Join("&", query.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
        return new Uri($"{LinkedInOAuth.ResolveEndpoint(tokenUri, "authorization")}?{text}");
    }

    private static HttpListener StartListener(Uri redirect)
    {
        var listener = new HttpListener();
        try
        {
            listener.Prefixes.Add(redirect.GetLeftPart(UriPartial.Authority) + "/");
            listener.Start();
            return listener;
        }
        catch (HttpListenerException exception)
        {
            listener.Close();
            throw CreateError($"this machine cannot listen on {redirect.Authority}: {exception.Message}");
        }
    }

    private static async Task<string> ReceiveCodeAsync(
        HttpListener listener,
        AuthorizationCodeOptions signIn,
        string state,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using Deadline deadline = time.CreateDeadline(signIn.Timeout, cancellationToken);

        // The listener does not support cancellation, so it is closed.
        using CancellationTokenRegistration registration = deadline.Token.Register(listener.Abort);
        try
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync().ConfigureAwait(false);
                if (context.Request.Url?.AbsolutePath != signIn.RedirectUri.AbsolutePath)
                {
                    // Browsers also request icons.
                    context.Response.StatusCode = 404;
                    context.Response.Close();
                    continue;
                }

                string? error = context.Request.QueryString["error"];
                string? code = context.Request.QueryString["code"];
                if (context.Request.QueryString["state"] != state)
                {
                    // Any web page can make a browser come here, so this does not end the sign-in.
                    context.Response.StatusCode = 400;
                    await RespondAsync(context.Response, "This is not the answer to the current sign-in.").ConfigureAwait(false);
                    continue;
                }

                bool isValid = error is null && code is { Length: > 0 };
                await RespondAsync(context.Response, isValid ? "You are signed in." : "The sign-in did not work.")
                    .ConfigureAwait(false);
                return isValid
                    ? code!
                    : throw CreateError(
                        error is null
                            ? "the browser came back without a code"
                            : GetDenialReason(error, context.Request.QueryString["error_description"])
                    );
            }
        }
        catch (Exception exception)
            when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException
                && deadline.Token.IsCancellationRequested
            )
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw CreateError($"no sign-in was completed within {signIn.Timeout.TotalMinutes:0} minutes");
        }
    }

    private static SanitizedText GetDenialReason(string error, string? description) =>
        string.IsNullOrWhiteSpace(description)
            ? $"LinkedIn returned {SanitizedText.FromServer(error)}"
            : $"LinkedIn returned {SanitizedText.FromServer(error)}: {SanitizedText.FromServer(description!.TrimEnd('.'))}";

    private static async Task RespondAsync(HttpListenerResponse response, string text)
    {
        byte[] page = Encoding.UTF8.GetBytes(
            $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>LinkedInExports</title>
            <body style="font-family:sans-serif;margin:4em">{text} You can close this window and go back to PowerShell.</body>
            </html>
            """
        );
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.Add("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        response.Headers.Add("Referrer-Policy", "no-referrer"); // The address of the page holds the code.
        response.ContentLength64 = page.Length;
        await response.OutputStream.WriteAsync(page, 0, page.Length).ConfigureAwait(false);
        response.Close();
    }

    private static string CreateRandomText()
    {
        var bytes = new byte[32];
        using (RandomNumberGenerator random = RandomNumberGenerator.Create())
            random.GetBytes(bytes);
        return Base64Url(bytes);
    }

    private static string CreateChallenge(string verifier) => Base64Url(Sha256Hash.Compute(Encoding.ASCII.GetBytes(verifier)));

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static LinkedInException CreateError(SanitizedText why) =>
        new(LinkedInErrorId.SignInFailed, $"The sign-in failed: {why}.");
}
