using System.Management.Automation;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>Gets the Sales Navigator contracts on which the signed-in member has a seat.</summary>
[Cmdlet(VerbsCommon.Get, "SalesContract", HelpUri = HelpLinks.GetSalesContract)]
[OutputType(typeof(SalesContract))]
public sealed class GetSalesContractCommand : ConnectedCommand
{
    [Parameter(HelpMessage = ParameterHelp.GetSalesContract.ReportingOnly)]
    public SwitchParameter ReportingOnly { get; set; }

    private protected override void OnEnd() =>
        OutputResults(
            (diagnostics, cancellationToken) => Client.SalesContracts.ListAsync(ReportingOnly, diagnostics, cancellationToken)
        );
}
