using System.Management.Automation;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>Gets the current connection of this runspace, if any.</summary>
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
