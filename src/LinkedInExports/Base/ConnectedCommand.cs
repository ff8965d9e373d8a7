using System.ComponentModel;
using System.Management.Automation;
using LinkedInExports.Core;

namespace LinkedInExports.Base;

/// <summary>A command that talks to LinkedIn.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectedCommand : LinkedInCommand
{
    private LinkedInClient? _client;

    /// <summary>The connection to use instead of the runspace's current one.</summary>
    [Parameter]
    [ValidateNotNull]
    public LinkedInConnection? Connection { get; set; }

    private protected LinkedInClient Client => _client ?? throw new InvalidOperationException("Nothing runs before the beginning.");

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _client = (LinkedInClient)(Connection ?? CurrentOrEnvironment()).Client;
        }
        catch (LinkedInException failure)
        {
            Terminate(failure);
        }
    }

    private static LinkedInConnection CurrentOrEnvironment()
    {
        if (CurrentConnection.WasAskedFor)
            return CurrentConnection.Value!;
        if (!ConnectionFactory.IsInEnvironment)
            throw new LinkedInException(LinkedInErrorId.NotConnected, "There is no connection to LinkedIn. Run Connect-LinkedIn first.");

        // Kept like one that was asked for: the next command finds the same limits and the same sockets.
        return CurrentConnection.OfEnvironment();
    }
}
