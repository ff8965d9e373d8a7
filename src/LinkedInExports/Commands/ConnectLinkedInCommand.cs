using System.Management.Automation;
using System.Security;
using LinkedInExports.Completion;
using LinkedInExports.Core;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Infrastructure;
using LinkedInExports.Text;

namespace LinkedInExports.Commands;

/// <summary>
/// Creates a connection and stores it for the other cmdlets of this runspace. With credentials, a token is requested
/// immediately, and renewed before it expires or when LinkedIn rejects it.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "LinkedIn", DefaultParameterSetName = AccessTokenSet, HelpUri = HelpLinks.ConnectLinkedIn)]
[OutputType(typeof(LinkedInConnection))]
public sealed class ConnectLinkedInCommand : LinkedInCommand
{
    private const string AccessTokenSet = "AccessToken";
    private const string ClientCredentialSet = "ClientCredential";
    private const string InteractiveSet = "Interactive";
    private const string EnvironmentSet = "Environment";

    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = AccessTokenSet,
        HelpMessage = ParameterHelp.ConnectLinkedIn.AccessToken
    )]
    [ValidateNotNull]
    public SecureString AccessToken { get; set; } = null!;

    [Parameter(
        Mandatory = true,
        ParameterSetName = ClientCredentialSet,
        HelpMessage = ParameterHelp.ConnectLinkedIn.ClientCredential
    )]
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.ClientCredential)]
    [ValidateNotNull]
    [Credential]
    public PSCredential ClientCredential { get; set; } = null!;

    [Parameter(ParameterSetName = ClientCredentialSet, HelpMessage = ParameterHelp.ConnectLinkedIn.RefreshToken)]
    [ValidateNotNull]
    public SecureString? RefreshToken { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.Interactive)]
    public SwitchParameter Interactive { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.Scope)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    public string[] Scope { get; set; } = [];

    [Parameter(ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.RedirectUri)]
    [ValidateNotNull]
    public Uri? RedirectUri { get; set; }

    [Parameter(ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.UsePkce)]
    public SwitchParameter UsePkce { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = EnvironmentSet, HelpMessage = ParameterHelp.ConnectLinkedIn.FromEnvironment)]
    public SwitchParameter FromEnvironment { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.BaseUri)]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.TokenUri)]
    [ValidateNotNull]
    public Uri? TokenUri { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.DownloadHost)]
    [ValidateNotNullOrEmpty]
    public string[]? DownloadHost { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.ApiVersion)]
    [ValidateNotNullOrEmpty]
    [ValidatePattern("^20[0-9]{4}$")]
    public string? ApiVersion { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.Proxy)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.ProxyCredential)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.NoProxy)]
    public SwitchParameter NoProxy { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.RecordsPerMinute)]
    [ValidateRange(1, int.MaxValue)]
    public int RecordsPerMinute { get; set; } = QuotaOptions.DefaultRecordsPerMinute;

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.RequestsPerDay)]
    [ValidateRange(3, int.MaxValue)]
    public int RequestsPerDay { get; set; } = QuotaOptions.DefaultRequestsPerDay;

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.RestLiProtocolVersion)]
    [ValidateSet("1.0.0", "2.0.0")]
    public string RestLiProtocolVersion { get; set; } = QuotaOptions.DefaultProtocol;

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.PassThru)]
    public SwitchParameter PassThru { get; set; }

    protected override void EndProcessing()
    {
        LinkedInConnection? connection = null;
        RunOrTerminate(() =>
        {
            if (Interactive)
                Browser.EnsureInteractive(Host);
            Complete(
                async (diagnostics, cancellationToken) =>
                    connection = await ConnectAsync(diagnostics, cancellationToken).ConfigureAwait(false)
            );
        });

        CurrentConnection.Current = connection;
        WriteVerbose($"Connected to {connection!.BaseUri}.");
        if (PassThru)
            WriteObject(connection);
    }

    private async Task<LinkedInConnection> ConnectAsync(IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            BaseUri = BaseUri,
            TokenUri = TokenUri,
            DownloadHost = DownloadHost,
            ApiVersion = ApiVersion,
            Proxy = new ProxyOptions
            {
                Address = Proxy,
                Credential = ProxyCredential?.GetNetworkCredential(),
                IsBypassed = NoProxy,
            },
            Quotas = new QuotaOptions
            {
                RecordsPerMinute = RecordsPerMinute,
                RequestsPerDay = RequestsPerDay,
                Protocol = RestLiProtocolVersion,
            },
        };
        LinkedInConnection connection = ParameterSetName switch
        {
            EnvironmentSet => ConnectionFactory.FromEnvironment(factory),
            AccessTokenSet => factory.FromToken(AccessToken),
            InteractiveSet => await SignInAsync(factory, diagnostics, cancellationToken).ConfigureAwait(false),
            _ when RefreshToken is not null => factory.FromRefreshToken(ClientCredential, RefreshToken),
            _ => factory.FromClientCredentials(ClientCredential),
        };

        // Reports invalid credentials now, and not in the middle of an export.
        await ((LinkedInClient)connection.Client).GetTokenAsync(diagnostics, cancellationToken).ConfigureAwait(false);
        return connection;
    }

    private Task<LinkedInConnection> SignInAsync(
        ConnectionFactory factory,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        var signIn = new AuthorizationCodeOptions { Scope = Scope, UsePkce = UsePkce };
        if (RedirectUri is not null)
            signIn = signIn with { RedirectUri = RedirectUri };

        return factory.FromSignInAsync(
            ClientCredential,
            signIn,
            address =>
            {
                // The address is always shown, because on a machine without a display a browser starts and shows nothing.
                Browser.TryOpen(address);
                diagnostics.Warning(
                    $"Sign in with the browser. If none opens, use this address: {SanitizedText.FromOwnAddress(address)}"
                );
            },
            diagnostics,
            cancellationToken
        );
    }
}
