using System.Management.Automation;
using System.Net;
using System.Security;
using LinkedInExports.Completion;
using LinkedInExports.Core;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Creates a connection and stores it for the other cmdlets of this runspace. With credentials, a token is requested
/// immediately, and renewed before it expires or when LinkedIn rejects it.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "LinkedIn", DefaultParameterSetName = AccessTokenSet, HelpUri = HelpLinks.ConnectLinkedIn)]
[OutputType(typeof(LinkedInConnection))]
public sealed partial class ConnectLinkedInCommand : LinkedInCommand
{
    private const string AccessTokenSet = "AccessToken";
    private const string ClientCredentialSet = "ClientCredential";
    private const string InteractiveSet = "Interactive";
    private const string EnvironmentSet = "Environment";
    private const string NameSet = "Name";

    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = AccessTokenSet,
        HelpMessage = ParameterHelp.ConnectLinkedIn.AccessToken
    )]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    [Parameter(
        Mandatory = true,
        ParameterSetName = ClientCredentialSet,
        HelpMessage = ParameterHelp.ConnectLinkedIn.ClientCredential
    )]
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.ClientCredential)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? ClientCredential { get; set; }

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

    [Parameter(ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.NoBrowser)]
    public SwitchParameter NoBrowser { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = EnvironmentSet, HelpMessage = ParameterHelp.ConnectLinkedIn.FromEnvironment)]
    public SwitchParameter FromEnvironment { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = NameSet, HelpMessage = ParameterHelp.ConnectLinkedIn.Name)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter(ParameterSetName = AccessTokenSet, HelpMessage = ParameterHelp.ConnectLinkedIn.SaveAs)]
    [Parameter(ParameterSetName = ClientCredentialSet, HelpMessage = ParameterHelp.ConnectLinkedIn.SaveAs)]
    [Parameter(ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.SaveAs)]
    [ValidateNotNullOrEmpty]
    public string? SaveAs { get; set; }

    [Parameter(ParameterSetName = NameSet, HelpMessage = ParameterHelp.ConnectLinkedIn.Vault)]
    [Parameter(ParameterSetName = AccessTokenSet, HelpMessage = ParameterHelp.ConnectLinkedIn.Vault)]
    [Parameter(ParameterSetName = ClientCredentialSet, HelpMessage = ParameterHelp.ConnectLinkedIn.Vault)]
    [Parameter(ParameterSetName = InteractiveSet, HelpMessage = ParameterHelp.ConnectLinkedIn.Vault)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

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
    [ValidatePattern(ConnectionFactory.ApiVersionPattern)]
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
    public int RecordsPerMinute { get; set; } = LinkedInClientOptions.DefaultRecordsPerMinute;

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.RequestsPerDay)]
    [ValidateRange(3, int.MaxValue)]
    public int RequestsPerDay { get; set; } = LinkedInClientOptions.DefaultRequestsPerDay;

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.RestLiProtocolVersion)]
    [ValidateSet("1.0.0", "2.0.0")]
    public string RestLiProtocolVersion { get; set; } = ConnectionFactory.DefaultProtocol;

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.RecordIncident)]
    [ValidateNotNullOrEmpty]
    public string? RecordIncident { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ConnectLinkedIn.PassThru)]
    public SwitchParameter PassThru { get; set; }

    private protected override void OnEnd()
    {
        var vault = new SecretVault(this, Vault);
        StoredConnection? stored = null;
        LinkedInConnection? connection = null;
        RunOrTerminate(() =>
        {
            if (Interactive)
                Browser.EnsureInteractive(Host);
            if (ParameterSetName == NameSet)
            {
                stored = StoredConnection.Read(vault, Name);
                UseStored(stored);
            }

            connection = Connect(CreateFactory());
        });

        // Before the vault is written: if that fails, only this connection has the refresh token that LinkedIn issued.
        CurrentConnection.Current = connection;
        WriteVerbose($"Connected to {connection!.BaseUri}.");
        CaptureError(() => UpdateVault(vault, stored, connection!));
        if (PassThru)
            WriteObject(connection);
    }

    private ConnectionFactory CreateFactory()
    {
        var recorder = new IncidentRecorder
        {
            Folder = RecordIncident is null ? null : FilePaths.ResolveFolder(this, RecordIncident),
        };
        RecordIncidents(recorder);
        return new ConnectionFactory
        {
            Incidents = recorder,
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
            RecordsPerMinute = RecordsPerMinute,
            RequestsPerDay = RequestsPerDay,
            RestLiProtocolVersion = RestLiProtocolVersion,
        };
    }

    private LinkedInConnection Connect(ConnectionFactory factory)
    {
        if (Interactive)
            return NoBrowser ? SignInByHand(factory) : SignIn(factory);

        LinkedInConnection connection =
            FromEnvironment ? ConnectionFactory.FromEnvironment(factory)
            : AccessToken is not null ? factory.FromToken(AccessToken)
            : RefreshToken is not null ? factory.FromRefreshToken(ClientCredential!, RefreshToken)
            : factory.FromClientCredentials(ClientCredential!);

        // Reports invalid credentials now, and not in the middle of an export.
        Complete((diagnostics, token) => ((LinkedInClient)connection.Client).GetTokenAsync(diagnostics, token));
        return connection;
    }

    /// <summary>Uses a stored connection for the parameters that are not specified.</summary>
    private void UseStored(StoredConnection stored)
    {
        ClientCredential = stored.ClientCredential;
        RefreshToken = stored.RefreshToken;
        AccessToken = stored.AccessToken;
        BaseUri ??= stored.BaseUri;
        TokenUri ??= stored.TokenUri;
        ApiVersion ??= stored.ApiVersion;
        DownloadHost ??= stored.DownloadHost;
        if (!IsBound(nameof(RecordsPerMinute)))
            RecordsPerMinute = stored.RecordsPerMinute ?? RecordsPerMinute;
        if (!IsBound(nameof(RequestsPerDay)))
            RequestsPerDay = stored.RequestsPerDay ?? RequestsPerDay;
        if (!IsBound(nameof(RestLiProtocolVersion)))
            RestLiProtocolVersion = stored.RestLiProtocolVersion ?? RestLiProtocolVersion;
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Stores the connection, or only the refresh token that replaces the one of a stored connection.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.VaultFailed"/>.</exception>
    private void UpdateVault(SecretVault vault, StoredConnection? stored, LinkedInConnection connection)
    {
        try
        {
            if (stored is not null)
                StoreNewRefreshToken(vault, stored, connection);
            else if (SaveAs is not null)
                Store(vault, SaveAs, connection);
        }
        catch (LinkedInException failure) when (connection.GetRefreshToken() is not null)
        {
            throw failure.WithMessage(
                $"{failure.Message.TrimEnd('.')}. Get the current refresh token with (Get-LinkedInConnection).GetRefreshToken()."
            );
        }
    }

    /// <summary>LinkedIn may replace the refresh token when it is used.</summary>
    private void StoreNewRefreshToken(SecretVault vault, StoredConnection stored, LinkedInConnection connection)
    {
        SecureString? refreshToken = connection.GetRefreshToken();
        if (refreshToken is not null && ToPlainText(refreshToken) != ToPlainText(stored.RefreshToken))
            (stored with { RefreshToken = refreshToken }).Write(vault, Name);
    }

    private void Store(SecretVault vault, string name, LinkedInConnection connection)
    {
        SecureString? refreshToken = connection.GetRefreshToken();
        if (Interactive && refreshToken is null)
        {
            Output.Warning(
                $"The connection {name} is not stored, because LinkedIn returned no refresh token. Sign in again when it expires."
            );
            return;
        }

        CreateStored(refreshToken).Write(vault, name);
    }

    private StoredConnection CreateStored(SecureString? refreshToken) =>
        new()
        {
            ClientCredential = ClientCredential,
            RefreshToken = refreshToken,
            AccessToken = AccessToken,
            BaseUri = BaseUri,
            TokenUri = TokenUri,
            ApiVersion = ApiVersion,
            DownloadHost = DownloadHost,
            RecordsPerMinute = RecordsPerMinute,
            RequestsPerDay = RequestsPerDay,
            RestLiProtocolVersion = RestLiProtocolVersion,
        };

    private static string ToPlainText(SecureString? secret) => new NetworkCredential("", secret).Password;
}
