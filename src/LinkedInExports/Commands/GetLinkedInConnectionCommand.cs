using System.Management.Automation;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>Outputs the current connection of this runspace, or nothing when there is none.</summary>
[Cmdlet(VerbsCommon.Get, "LinkedInConnection", HelpUri = HelpLinks.GetLinkedInConnection)]
[OutputType(typeof(LinkedInConnection))]
public sealed class GetLinkedInConnectionCommand : PSCmdlet
{
    protected override void EndProcessing()
    {
        if (CurrentConnection.Current is { } connection)
            WriteObject(connection);
    }
}
