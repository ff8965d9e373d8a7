using System.Management.Automation;
using System.Net;
using System.Security;
using LinkedInExports.Base;

namespace LinkedInExports.Commands;

/// <summary>Makes a connection and keeps it for the other commands of this runspace. Nothing is sent yet.</summary>
[Cmdlet(VerbsCommunications.Connect, "LinkedIn", DefaultParameterSetName = AccessTokenSet)]
[OutputType(typeof(LinkedInConnection))]
public sealed class ConnectLinkedInCommand : LinkedInCommand
{
    private const string AccessTokenSet = "AccessToken";
    private const string EnvironmentSet = "Environment";

    /// <summary>An access token with the scopes that the work needs.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AccessTokenSet)]
    [ValidateNotNull]
    public SecureString AccessToken { get; set; } = null!;

    /// <summary>Takes the token from LINKEDIN_ACCESS_TOKEN, and the address from LINKEDIN_BASE_URI if that is set.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EnvironmentSet)]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>The API's address; LinkedIn's own by default. https only, except on this machine.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? BaseUri { get; set; }

    /// <summary>The hosts that are given the token for downloads, by exact name; www.linkedin.com by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? DownloadHost { get; set; }

    /// <summary>Outputs the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            LinkedInConnection connection = ParameterSetName == EnvironmentSet
                ? ConnectionFactory.FromEnvironment(BaseUri, DownloadHost)
                : ConnectionFactory.FromToken(new NetworkCredential("", AccessToken).Password, AccessTokenSet, BaseUri, DownloadHost);
            CurrentConnection.Value = connection;
            WriteVerbose($"Connected to {connection.BaseUri}.");
            if (PassThru)
                WriteObject(connection);
        }
        catch (LinkedInException failure)
        {
            Terminate(failure);
        }
    }
}
