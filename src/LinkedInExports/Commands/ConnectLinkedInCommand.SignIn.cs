using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Output;
using LinkedInExports.Infrastructure;
using LinkedInExports.Text;

namespace LinkedInExports.Commands;

/// <content>The sign-in of a member, with the browser of this machine or of another one.</content>
public sealed partial class ConnectLinkedInCommand
{
    private LinkedInConnection SignIn(ConnectionFactory factory)
    {
        LinkedInConnection? connection = null;
        Complete(
            async (diagnostics, cancellationToken) =>
                connection = await factory
                    .FromSignInAsync(
                        ClientCredential!,
                        SignInOptions,
                        address => OpenBrowser(address, diagnostics),
                        diagnostics,
                        cancellationToken
                    )
                    .ConfigureAwait(false)
        );
        return connection!;
    }

    private static void OpenBrowser(Uri address, IDiagnostics diagnostics)
    {
        // The address is always shown, because on a machine without a display a browser starts and shows nothing.
        Browser.TryOpen(address);
        diagnostics.Warning(
            $"Sign in with the browser. If none opens, use this address: {SanitizedText.FromOwnAddress(address)}"
        );
    }

    /// <summary>The member uses any browser, and copies the address to which LinkedIn sends it.</summary>
    private LinkedInConnection SignInByHand(ConnectionFactory factory)
    {
        AuthorizationRequest request = factory.CreateAuthorizationRequest(ClientCredential!, SignInOptions);
        Host.UI.WriteLine($"Open this address in a browser and sign in: {request.Address.AbsoluteUri}");
        Host.UI.WriteLine(
            "The browser then opens a page whose address begins with "
                + $"{SignInOptions.RedirectUri.OriginalString}. The page can be an error page. Copy its address."
        );
        Host.UI.Write("Address: ");
        string redirectedTo = Host.UI.ReadLine() ?? "";
        LinkedInConnection? connection = null;
        Complete(
            async (diagnostics, cancellationToken) =>
                connection = await factory
                    .FromSignInAsync(request, ClientCredential!.UserName, redirectedTo, diagnostics, cancellationToken)
                    .ConfigureAwait(false)
        );
        return connection!;
    }

    private AuthorizationCodeOptions SignInOptions
    {
        get
        {
            var options = new AuthorizationCodeOptions { Scope = Scope, UsePkce = UsePkce };
            return RedirectUri is null ? options : options with { RedirectUri = RedirectUri };
        }
    }
}
