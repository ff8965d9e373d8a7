using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using LinkedInExports.Core;
using LinkedInExports.Core.Checkpoints;

namespace LinkedInExports.Infrastructure;

/// <summary>A command that sends requests to LinkedIn.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectedCommand : LinkedInCommand
{
    private LinkedInClient? _client;
    private CheckpointLease? _checkpoint;
    private string _checkpointPath = "";

    [Parameter(HelpMessage = ParameterHelp.Shared.Connection)]
    [ValidateNotNull]
    public LinkedInConnection? Connection { get; set; }

    private protected LinkedInClient Client => _client ?? throw new InvalidOperationException("BeginProcessing has not run.");

    /// <summary>Whether there is a connection without a request for one.</summary>
    private protected bool IsConnected =>
        Connection is not null || CurrentConnection.IsExplicit || ConnectionFactory.IsConfiguredInEnvironment;

    /// <summary>Whether incidents have the command and its errors.</summary>
    private protected virtual bool IsRecorded => true;

    private protected override void OnBegin()
    {
        _client = (LinkedInClient)(Connection ?? GetCurrentOrEnvironment()).Client;
        if (IsRecorded)
            RecordIncidents(_client.Incidents);
    }

    /// <summary>The checkpoint that <see cref="OpenCheckpoint"/> has locked.</summary>
    private protected CheckpointLease Checkpoint =>
        _checkpoint ?? throw new InvalidOperationException("The checkpoint is not open.");

    /// <summary>
    /// Sets the checkpoint of the command, and checks that it can be used, so that the pipeline ends before its work if not. It
    /// is locked by <see cref="OpenCheckpoint"/> only, so that -WhatIf creates no file.
    /// </summary>
    private protected void SetCheckpoint(string path)
    {
        _checkpointPath = FilePaths.ResolveFile(this, path);
        Client.ValidateCheckpoint(_checkpointPath);
    }

    /// <summary>Locks the checkpoint until the pipeline ends. Further calls have no effect.</summary>
    private protected void OpenCheckpoint()
    {
        // A runspace runs one pipeline at a time, whose commands share the lock.
        RunOrTerminate(() => _checkpoint ??= Client.OpenCheckpoint(_checkpointPath, Runspace.DefaultRunspace));
    }

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
            throw new LinkedInException(LinkedInErrorId.NotConnected, "There is no connection to LinkedIn.");

        // Kept for the next command, which then shares its limits and sockets.
        return CurrentConnection.GetFromEnvironment();
    }
}
