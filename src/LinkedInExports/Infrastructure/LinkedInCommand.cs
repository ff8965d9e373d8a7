using System.ComponentModel;
using System.Management.Automation;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Errors;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// The base class of the commands that run operations of the engine. It cancels them when the pipeline is stopped, and
/// reports their errors.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LinkedInCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancelSource = new();
    private CommandOutput? _output;
    private CommandScope? _scope;
    private SummaryCounter? _summary;
    private CommandIncident? _incident;

    /// <summary>A token that is canceled by Ctrl+C and when the pipeline is stopped.</summary>
    protected CancellationToken CancelToken => _cancelSource.Token;

    /// <summary>Whether verbose or debug messages are shown.</summary>
    private protected bool IsVerboseOrDebugEnabled => IsEnabled("Verbose") || IsEnabled("Debug");

    /// <summary>Whether <c>-WhatIf</c> is in effect.</summary>
    private protected bool IsWhatIf =>
        this.GetBoundSwitch("WhatIf") ?? LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private protected ICommandOutput Output => _output ??= new CommandOutput(this, Scope, Summary, WriteFailure, ShowsProgress);

    /// <summary>Whether the command displays progress. The value is read once, when the pipeline runs.</summary>
    private protected virtual bool ShowsProgress => !HostEnvironment.IsNonInteractive;

    /// <summary>What the summary of the command counts, or null for a command without a summary.</summary>
    private protected virtual CommandItem? SummaryItem => null;

    /// <summary>Counts the items of the command, or null.</summary>
    private protected SummaryCounter? Summary =>
        SummaryItem is { } item ? _summary ??= new SummaryCounter(MyInvocation.MyCommand.Name, item) : null;

    private CommandScope Scope => _scope ??= new CommandScope(MyInvocation.MyCommand.Name);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        MessagePrompts.Suppress(this);
        _ = Scope;
        try
        {
            RunOrTerminate(OnBegin);
        }
        catch (Exception exception) when (IsUnexpected(exception))
        {
            ThrowTerminating(CreateUnexpectedError(exception));
        }
    }

    /// <summary>Prepares the command before its first input. An exception ends the command.</summary>
    private protected virtual void OnBegin() { }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        try
        {
            OnEnd();
            if (Summary?.Create(Scope.Totals) is { } summary)
                WriteInformation(summary, [CommandSummary.Tag]);
        }
        finally
        {
            _scope?.Dispose();
        }
    }

    /// <summary>Completes the command after its last input.</summary>
    private protected virtual void OnEnd() { }

    /// <inheritdoc/>
    protected override void StopProcessing() => _cancelSource.Cancel();

    /// <summary>Releases the resources of the command.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the resources of the command. PowerShell also calls it after a stop.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _incident?.Dispose();
        _scope?.Dispose(); // EndProcessing does not run after an error or a stop.
        _cancelSource.Dispose();
    }

    /// <summary>Records the command and its errors for the incidents of a connection.</summary>
    private protected void RecordIncidents(IncidentRecorder recorder) => _incident = new CommandIncident(this, recorder);

    /// <summary>
    /// Runs a step on the thread of the pipeline. An exception is written as a non-terminating error. A stop ends the command
    /// without an error.
    /// </summary>
    /// <returns>The error that was written, or null.</returns>
    private protected LinkedInException? CaptureError(Action step)
    {
        bool isDone = false;
        try
        {
            step();
            isDone = true;
            return null;
        }
        catch (LinkedInException failure)
        {
            Output.Error(failure);
            return failure;
        }
        catch (OperationCanceledException) when (CancelToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (IsUnexpected(exception))
        {
            LinkedInException failure = CreateUnexpectedError(exception);
            Output.Error(failure);
            return failure;
        }
        finally
        {
            if (!isDone)
                _output?.CloseProgress();
        }
    }

    /// <summary>Runs an operation without results in the background, and waits for its end.</summary>
    /// <returns>The error that was written, or null.</returns>
    private protected LinkedInException? RunInBackground(Func<IDiagnostics, CancellationToken, Task> operation) =>
        CaptureError(() => Complete((output, token) => operation(output, token)));

    /// <summary>Runs an operation in the background, and outputs its results until it ends.</summary>
    /// <returns>The error that was written, or null.</returns>
    private protected LinkedInException? OutputResults<T>(Func<IDiagnostics, CancellationToken, IAsyncEnumerable<T>> operation)
        where T : notnull => CaptureError(() => Complete(StartPump(operation)));

    /// <summary>Runs an operation in the background, and outputs its result.</summary>
    /// <returns>The error that was written, or null.</returns>
    private protected LinkedInException? OutputResult<T>(Func<IDiagnostics, CancellationToken, Task<T>> operation)
        where T : notnull =>
        CaptureError(() =>
            Complete(async (output, token) => output.Output(await operation(output, token).ConfigureAwait(false)))
        );

    /// <summary>Runs a step that all items depend on. An exception ends the command; a stop ends it without an error.</summary>
    private protected void RunOrTerminate(Action step)
    {
        try
        {
            step();
        }
        catch (LinkedInException failure)
        {
            ThrowTerminating(failure);
        }
        catch (OperationCanceledException) when (CancelToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Runs an operation in the background, and delivers its output until it ends.</summary>
    private protected void Complete(Func<ICommandOutput, CancellationToken, Task> operation) => Complete(StartPump(operation));

    private MessagePump StartPump(Func<ICommandOutput, CancellationToken, Task> operation)
    {
        using (Scope.Enter())
            return MessagePump.Start(operation, IsVerboseOrDebugEnabled, CancelToken);
    }

    /// <summary>Starts an operation in the background, whose spans are children of that of the command.</summary>
    private protected MessagePump StartPump<T>(Func<IDiagnostics, CancellationToken, IAsyncEnumerable<T>> operation)
        where T : notnull
    {
        using (Scope.Enter())
            return MessagePump.Start(operation, IsVerboseOrDebugEnabled, CancelToken);
    }

    private void Complete(MessagePump pump)
    {
        using (pump)
            pump.Complete(Output);
    }

    /// <summary>Ends the command with an error.</summary>
    private protected void ThrowTerminating(LinkedInException failure)
    {
        Scope.Fail(failure);
        _incident?.AddError(failure);
        ThrowTerminatingError(failure.ToRecord());
    }

    private void WriteFailure(LinkedInException failure)
    {
        _incident?.AddError(failure);
        WriteError(failure.ToRecord());
    }

    /// <summary>
    /// Whether an exception is a defect of this module. PowerShell's own exceptions control the pipeline or come from another
    /// command of it.
    /// </summary>
    private static bool IsUnexpected(Exception exception) =>
        exception is not (LinkedInException or RuntimeException) && exception.GetType().Assembly != typeof(PSCmdlet).Assembly;

    private LinkedInException CreateUnexpectedError(Exception exception) =>
        LinkedInException.FromUnexpected($"complete {MyInvocation.MyCommand.Name}", exception);

    private bool IsEnabled(string stream) =>
        this.GetBoundSwitch(stream)
        ?? GetVariableValue(stream + "Preference") is { } preference
            && !preference.ToString()!.Equals(nameof(ActionPreference.SilentlyContinue), StringComparison.OrdinalIgnoreCase);
}
