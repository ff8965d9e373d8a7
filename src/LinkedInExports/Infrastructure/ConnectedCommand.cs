using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LinkedInExports.Core;
using LinkedInExports.Core.Checkpoints;

namespace LinkedInExports.Infrastructure;

/// <summary>A command that talks to LinkedIn.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectedCommand : LinkedInCommand
{
    private LinkedInClient? _client;
    private CheckpointLease? _checkpoint;
    private string _checkpointPath = "";

    /// <summary>The connection to use instead of the runspace's current one.</summary>
    [Parameter(HelpMessage = ParameterHelp.Shared.Connection)]
    [ValidateNotNull]
    public LinkedInConnection? Connection { get; set; }

    private protected LinkedInClient Client => _client ?? throw new InvalidOperationException("Nothing runs before the beginning.");

    /// <inheritdoc/>
    private protected override void OnBegin() => _client = (LinkedInClient)(Connection ?? GetCurrentOrEnvironment()).Client;

    /// <summary>
    /// The checkpoint of the command, held from the first time that it is asked for until PowerShell lets go of the pipeline.
    /// </summary>
    private protected CheckpointLease Checkpoint
    {
        get
        {
            try
            {
                // A runspace runs one pipeline at a time: its commands share the hold, and nobody else gets it.
                return _checkpoint ??= Client.OpenCheckpoint(_checkpointPath, Runspace.DefaultRunspace);
            }
            catch (LinkedInException failure)
            {
                ThrowTerminating(failure);
                throw;
            }
        }
    }

    /// <summary>
    /// Says which checkpoint the command has. It is looked at now, so that one that cannot be used ends the pipeline before
    /// its work, and taken hold of later: -WhatIf makes no file.
    /// </summary>
    private protected void AcquireCheckpoint(string path)
    {
        try
        {
            _checkpointPath = FilePaths.ResolveFile(this, path);
            Client.ValidateCheckpoint(_checkpointPath);
        }
        catch (LinkedInException failure)
        {
            ThrowTerminating(failure);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _checkpoint?.Dispose();
        base.Dispose(disposing);
    }

    private static LinkedInConnection GetCurrentOrEnvironment()
    {
        if (CurrentConnection.IsExplicit)
            return CurrentConnection.Current!;
        if (!ConnectionFactory.IsConfiguredInEnvironment)
            throw new LinkedInException(LinkedInErrorId.NotConnected, "There is no connection to LinkedIn. Run Connect-LinkedIn first.");

        // Kept like one that was asked for: the next command finds the same limits and the same sockets.
        return CurrentConnection.GetFromEnvironment();
    }
}
