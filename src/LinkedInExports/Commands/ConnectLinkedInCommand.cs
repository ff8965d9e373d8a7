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
/// Makes a connection and keeps it for the other commands of this runspace. With credentials a token is made at once, and
/// made anew before its end or when LinkedIn refuses it.
/// </summary>
[Cmdlet(
    VerbsCommunications.Connect,
    "LinkedIn",
    DefaultParameterSetName = AccessTokenSet,
    HelpUri = LinkedInDocs.ClientCredentials
)]
[OutputType(typeof(LinkedInConnection))]
public sealed class ConnectLinkedInCommand : LinkedInCommand
{
    private const string AccessTokenSet = "AccessToken";
    private const string ClientCredentialSet = "ClientCredential";
    private const string InteractiveSet = "Interactive";
    private const string EnvironmentSet = "Environment";

    /// <summary>An access token with the scopes that the work needs. It cannot be renewed.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = AccessTokenSet,
        HelpMessage = ParameterHelp.ConnectLinkedIn.AccessToken
    )]
    [ValidateNotNull]
    public SecureString AccessToken { get; set; } = null!;

    /// <summary>The client id and secret of the application, as user name and password.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = ClientCredentialSet,
        HelpMessage = ParameterHelp.ConnectLinkedIn.ClientCredential
    )]
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.ClientCredential)]
    [ValidateNotNull]
    [Credential]
    public PSCredential ClientCredential { get; set; } = null!;

    /// <summary>
    /// A member's refresh token. The newest one can be read back with the method GetRefreshToken of the connection.
    /// </summary>
    [Parameter(ParameterSetName = ClientCredentialSet, HelpMessage = ParameterHelp.ConnectLinkedIn.RefreshToken)]
    [ValidateNotNull]
    public SecureString? RefreshToken { get; set; }

    /// <summary>Signs a member in with the browser.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.Interactive)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>What the member is asked to allow, for example r_sales_nav_analytics.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.Scope)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    public string[] Scope { get; set; } = [];

    /// <summary>
    /// Where LinkedIn sends the browser back to: an address of this machine that is registered with the application.
    /// http://localhost:8912/callback by default.
    /// </summary>
    [Parameter(ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.RedirectUri)]
    [ValidateNotNull]
    public Uri? RedirectUri { get; set; }

    /// <summary>Signs in with PKCE, for applications that LinkedIn enabled it for.</summary>
    [Parameter(ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.UsePkce)]
    public SwitchParameter UsePkce { get; set; }

    /// <summary>
    /// Takes LINKEDIN_ACCESS_TOKEN, or LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET (with LINKEDIN_REFRESH_TOKEN if that is
    /// set), from the environment; and LINKEDIN_BASE_URI and LINKEDIN_TOKEN_URI if they are set.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = EnvironmentSet, HelpMessage = ParameterHelp.ConnectLinkedIn.FromEnvironment)]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>The API's address; LinkedIn's own by default. https only, except on this machine.</summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.BaseUri)]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>The token endpoint's address; LinkedIn's own by default. https only, except on this machine.</summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.TokenUri)]
    [ValidateNotNull]
    public Uri? TokenUri { get; set; }

    /// <summary>
    /// Specifies hosts that files may be downloaded from, in addition to www.linkedin.com and media.licdn.com, by exact name.
    /// They don't receive the token, except with <c>=token</c> after the name.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.DownloadHost)]
    [ValidateNotNullOrEmpty]
    public string[]? DownloadHost { get; set; }

    /// <summary>
    /// Specifies the version of the API, such as 202603, which is sent as LinkedIn-Version. By default none is sent, as the
    /// unversioned API at https://api.linkedin.com/v2/ expects.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.ApiVersion)]
    [ValidateNotNullOrEmpty]
    [ValidatePattern("^20[0-9]{4}$")]
    public string? ApiVersion { get; set; }

    /// <summary>A proxy instead of the system's, or of that of the environment.</summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.Proxy)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>What the proxy wants to see.</summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.ProxyCredential)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Uses no proxy at all.</summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.NoProxy)]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>
    /// The resume records a minute that this connection may send. LinkedIn takes 10,000 of one application: where several
    /// machines share it, give each its part.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.RecordsPerMinute)]
    [ValidateRange(1, int.MaxValue)]
    public int RecordsPerMinute { get; set; } = QuotaOptions.DefaultRecordsPerMinute;

    /// <summary>
    /// The resume requests a day (UTC) that this connection may send. LinkedIn takes 100,000 of one application: where
    /// several machines share it, give each its part. One resume takes three: a link, the upload, and its record.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.RequestsPerDay)]
    [ValidateRange(3, int.MaxValue)]
    public int RequestsPerDay { get; set; } = QuotaOptions.DefaultRequestsPerDay;

    /// <summary>
    /// The version of the Rest.li protocol that resumes are synced in: 1.0.0 as in LinkedIn's samples, or 2.0.0, which
    /// LinkedIn asks to move to.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.RestLiProtocolVersion)]
    [ValidateSet("1.0.0", "2.0.0")]
    public string RestLiProtocolVersion { get; set; } = QuotaOptions.DefaultProtocol;

    /// <summary>Outputs the connection.</summary>
    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.PassThru)]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        LinkedInConnection? connection = null;
        try
        {
            if (Interactive)
                Browser.EnsureInteractive(Host);
            using var pump = MessagePump.Start(
                async (diagnostics, cancellationToken) =>
                    connection = await ConnectAsync(diagnostics, cancellationToken).ConfigureAwait(false),
                includeDetails: true,
                CancelToken
            );
            pump.Complete(Output);
        }
        catch (LinkedInException failure)
        {
            ThrowTerminating(failure);
        }
        catch (OperationCanceledException) when (CancelToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

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

        // Wrong credentials are better found now than in the middle of the work.
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
        {
            signIn = new AuthorizationCodeOptions
            {
                Scope = Scope,
                UsePkce = UsePkce,
                RedirectUri = RedirectUri,
            };
        }

        return factory.FromSignInAsync(
            ClientCredential,
            signIn,
            address =>
            {
                // Shown in any case: a browser that "was opened" on a machine without a display shows nothing.
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
