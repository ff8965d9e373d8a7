using System.Management.Automation;
using LinkedInExports.Completion;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Tests a connection. By default it tries LinkedIn's certification points for tokens, CRM-001 to CRM-005, for which it gets new
/// tokens. With -Endpoint it calls the read-only endpoints that the module uses.
/// </summary>
[Cmdlet(
    VerbsDiagnostic.Test,
    "LinkedInConnection",
    DefaultParameterSetName = CertificationSet,
    HelpUri = LinkedInDocs.RefreshTokens
)]
[OutputType(typeof(ConnectionTestResult), ParameterSetName = [CertificationSet])]
[OutputType(typeof(EndpointTestResult), ParameterSetName = [EndpointSet])]
public sealed class TestLinkedInConnectionCommand : ConnectedCommand
{
    private const string CertificationSet = "Certification";
    private const string EndpointSet = "Endpoint";

    /// <summary>Tests LinkedIn's certification points for tokens, for which it gets new tokens. This is the default.</summary>
    [Parameter(ParameterSetName = CertificationSet, HelpMessage = ParameterHelp.TestLinkedInConnection.Certification)]
    public SwitchParameter Certification { get; set; }

    /// <summary>
    /// Calls the read-only endpoints, and outputs for each what was expected, what was returned, and which cmdlets need it.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = EndpointSet, HelpMessage = ParameterHelp.TestLinkedInConnection.Endpoint)]
    public SwitchParameter Endpoint { get; set; }

    /// <summary>Specifies a CRM instance of yours, which the validation endpoint is called with.</summary>
    [Parameter(ParameterSetName = EndpointSet, HelpMessage = ParameterHelp.TestLinkedInConnection.CrmInstanceId)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CrmInstanceCompleter))]
    public string? CrmInstanceId { get; set; }

    /// <summary>
    /// Specifies the contract that the analytics endpoint is called with. By default it is the first one of the signed-in member.
    /// </summary>
    [Parameter(ParameterSetName = EndpointSet, HelpMessage = ParameterHelp.TestLinkedInConnection.Contract)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContractCompleter))]
    public string? Contract { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Endpoint)
        {
            OutputResults(
                (diagnostics, cancellationToken) =>
                    Client.TestEndpointsAsync(CrmInstanceId, Contract, diagnostics, cancellationToken)
            );
        }
        else
        {
            OutputResults(Client.TestAsync);
        }
    }
}
