using System.Management.Automation;
using LinkedInExports.Completion;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Tests a connection. By default, it runs LinkedIn's certification tests for tokens, CRM-001 to CRM-005, and requests new
/// tokens for them. With -Endpoint, it calls the read-only endpoints that the module uses.
/// </summary>
[Cmdlet(
    VerbsDiagnostic.Test,
    "LinkedInConnection",
    DefaultParameterSetName = CertificationSet,
    HelpUri = HelpLinks.TestLinkedInConnection
)]
[OutputType(typeof(ConnectionTestResult), ParameterSetName = [CertificationSet])]
[OutputType(typeof(EndpointTestResult), ParameterSetName = [EndpointSet])]
public sealed class TestLinkedInConnectionCommand : ConnectedCommand
{
    private const string CertificationSet = "Certification";
    private const string EndpointSet = "Endpoint";

    [Parameter(ParameterSetName = CertificationSet, HelpMessage = ParameterHelp.TestLinkedInConnection.Certification)]
    public SwitchParameter Certification { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = EndpointSet, HelpMessage = ParameterHelp.TestLinkedInConnection.Endpoint)]
    public SwitchParameter Endpoint { get; set; }

    [Parameter(ParameterSetName = EndpointSet, HelpMessage = ParameterHelp.TestLinkedInConnection.CrmInstanceId)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CrmInstanceCompleter))]
    public string? CrmInstanceId { get; set; }

    [Parameter(ParameterSetName = EndpointSet, HelpMessage = ParameterHelp.TestLinkedInConnection.Contract)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContractCompleter))]
    public string? Contract { get; set; }

    private protected override void OnEnd()
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
