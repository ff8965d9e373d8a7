using System.Net;
using System.Text;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Authentication;

/// <summary>Signs a member in with the browser of this machine, which LinkedIn sends back to this process.</summary>
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

        var request = new AuthorizationRequest(application, signIn, options);
        Uri answer;
        using (HttpListener listener = StartListener(signIn.RedirectUri))
        {
            using var span = TraceSpan.Start("wait for browser");
            openBrowser(request.Address);
            answer = await ReceiveAsync(listener, signIn, request, options.Time, cancellationToken).ConfigureAwait(false);
        }

        return await request.CompleteAsync(answer.OriginalString, diagnostics, cancellationToken).ConfigureAwait(false);
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
            throw AuthorizationRequest.CreateError($"this machine cannot listen on {redirect.Authority}: {exception.Message}");
        }
    }

    private static async Task<Uri> ReceiveAsync(
        HttpListener listener,
        AuthorizationCodeOptions signIn,
        AuthorizationRequest request,
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
                if (context.Request.Url is not { } address || address.AbsolutePath != signIn.RedirectUri.AbsolutePath)
                {
                    // Browsers also request icons.
                    await RespondAsync(context.Response, HttpStatusCode.NotFound, text: null).ConfigureAwait(false);
                }
                else if (!request.IsAnswer(address))
                {
                    // Any web page can make a browser come here, so this does not end the sign-in.
                    const string Rejection = "This is not the answer to the current sign-in.";
                    await RespondAsync(context.Response, HttpStatusCode.BadRequest, Rejection).ConfigureAwait(false);
                }
                else
                {
                    string result = AuthorizationRequest.HasCode(address) ? "You are signed in." : "The sign-in did not work.";
                    await RespondAsync(context.Response, HttpStatusCode.OK, result).ConfigureAwait(false);
                    return address;
                }
            }
        }
        catch (Exception exception)
            when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException
                && deadline.Token.IsCancellationRequested
            )
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw AuthorizationRequest.CreateError($"no sign-in was completed within {signIn.Timeout.TotalMinutes:0} minutes");
        }
    }

    private static async Task RespondAsync(HttpListenerResponse response, HttpStatusCode status, string? text)
    {
        try
        {
            response.StatusCode = (int)status;
            if (text is not null)
                await WritePageAsync(response, text).ConfigureAwait(false);
            response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The browser closed the connection. The sign-in needs only its request.
        }
    }

    private static async Task WritePageAsync(HttpListenerResponse response, string text)
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
    }
}
