using System.Management.Automation;
using LinkedInExports.Base;

namespace LinkedInExports.Commands;

/// <summary>
/// Tries LinkedIn's certification points for the handling of tokens, CRM-001 to CRM-005, on a connection, and outputs for
/// each whether it holds. New tokens are made on the way.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "LinkedInConnection", HelpUri = LinkedInDocs.RefreshTokens)]
[OutputType(typeof(ConnectionTestResult))]
public sealed class TestLinkedInConnectionCommand : ConnectedCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Run(Client.TestAsync);
}
