using System.Management.Automation;
using LinkedInExports.Core;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>Closes a connection and removes its token. Commands that still use it fail.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "LinkedIn", HelpUri = HelpLinks.DisconnectLinkedIn)]
[OutputType(typeof(void))]
public sealed class DisconnectLinkedInCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, HelpMessage = ParameterHelp.DisconnectLinkedIn.Connection)]
    [ValidateNotNull]
    public LinkedInConnection? Connection { get; set; }

    protected override void ProcessRecord()
    {
        if ((Connection ?? CurrentConnection.Current) is not { } connection)
            return;

        if (ReferenceEquals(connection, CurrentConnection.Current))
            CurrentConnection.Current = null;
        ((LinkedInClient)connection.Client).Dispose();
        WriteVerbose($"Disconnected from {connection.BaseUri}.");
    }
}
