using System.ComponentModel;
using System.Management.Automation;
using LinkedInExports.Completion;
using LinkedInExports.Core.Output;
using LinkedInExports.Text;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// What every command that does work shares: it can be stopped, and it repeats what the engine says to PowerShell's
/// streams.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LinkedInCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancelSource = new();
    private PowerShellOutput? _output;

    /// <summary>Fires on Ctrl+C and when the pipeline is stopped.</summary>
    protected CancellationToken CancelToken => _cancelSource.Token;

    /// <summary>Whether anybody hears what goes to the verbose and debug streams.</summary>
    private protected bool IsVerboseOrDebugEnabled => IsEnabled("Verbose") || IsEnabled("Debug");

    /// <summary>Whether the user only wants to know what would happen.</summary>
    private protected bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? bound)
            ? bound is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private protected ICommandOutput Output => _output ??= new PowerShellOutput(this);

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        MessagePrompts.Suppress(this);
        try
        {
            OnBegin();
        }
        catch (LinkedInException failure)
        {
            ThrowTerminating(failure);
        }
        catch (Exception exception) when (IsUnexpected(exception))
        {
            ThrowTerminating(CreateUnexpectedError(exception));
        }
    }

    /// <summary>What the command does before its first input. A failure ends the command.</summary>
    private protected virtual void OnBegin()
    {
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _cancelSource.Cancel();

    /// <summary>Frees what the command holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the command holds. PowerShell calls it in every case, also after a stop.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _cancelSource.Dispose();
    }

    /// <summary>
    /// Runs a step on the pipeline's thread. A failure of one item, expected or not, is an error of its own, and a stop ends the
    /// command without an error.
    /// </summary>
    /// <returns>The failure, which has been reported; null for none.</returns>
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
            WriteError(failure.ToRecord());
            return failure;
        }
        catch (OperationCanceledException) when (CancelToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (IsUnexpected(exception))
        {
            LinkedInException failure = CreateUnexpectedError(exception);
            WriteError(failure.ToRecord());
            return failure;
        }
        finally
        {
            if (!isDone)
                _output?.CloseProgress();
        }
    }

    /// <summary>Runs work in the background to its end and outputs what it says.</summary>
    /// <returns>The failure, which has been reported; null for none.</returns>
    private protected LinkedInException? RunInBackground(Func<ICommandOutput, CancellationToken, Task> work) => CaptureError(() =>
    {
        using MessagePump pump = MessagePump.Start(work, IsVerboseOrDebugEnabled, CancelToken);
        pump.Complete(Output);
    });

    /// <summary>Ends the command: no further item could work.</summary>
    private protected void ThrowTerminating(LinkedInException failure) => ThrowTerminatingError(failure.ToRecord());

    /// <summary>
    /// Whether an exception is a defect of this module and not one of PowerShell's own, which control the pipeline or come from
    /// another command of it.
    /// </summary>
    private static bool IsUnexpected(Exception exception) =>
        exception is not (LinkedInException or RuntimeException) && exception.GetType().Assembly != typeof(PSCmdlet).Assembly;

    private LinkedInException CreateUnexpectedError(Exception exception) =>
        LinkedInException.FromUnexpected($"complete {MyInvocation.MyCommand.Name}", exception);

    private bool IsEnabled(string stream) =>
        MyInvocation.BoundParameters.TryGetValue(stream, out object? bound)
            ? bound is SwitchParameter { IsPresent: true }
            : GetVariableValue(stream + "Preference") is { } preference
                && !preference.ToString()!.Equals(nameof(ActionPreference.SilentlyContinue), StringComparison.OrdinalIgnoreCase);

    /// <summary>The engine's messages as PowerShell's streams; used on the pipeline's thread only.</summary>
    private sealed class PowerShellOutput(LinkedInCommand command) : ICommandOutput
    {
        private const int NoParent = -1;

        /// <summary>Far from the ids of the records that steps stand under.</summary>
        private const int StepOffset = 1 << 20;

        private static int _lastActivityId;

        private readonly int _activityId = Interlocked.Increment(ref _lastActivityId);
        private ProgressUpdate? _openActivities;

        public void Output(object value)
        {
            SessionHistory.Current.Remember(value);
            command.WriteObject(value);
        }

        public void Error(LinkedInException error) => command.WriteError(error.ToRecord());

        public void Warning(SanitizedText text) => command.WriteWarning(text.ToString());

        public void Verbose(SanitizedText text) => command.WriteVerbose(text.ToString());

        public void Debug(SanitizedText text) => command.WriteDebug(text.ToString());

        public void Progress(ProgressUpdate update)
        {
            if (HostEnvironment.IsNonInteractive)
                return;

            // The inner one first: a bar never outlives the one that it stands under.
            if (update.Step is { } step)
                WriteProgressRecord(step with { Completed = update.Completed || step.Completed }, _activityId + StepOffset, _activityId);
            WriteProgressRecord(update, _activityId, NoParent);
            _openActivities = update.Completed ? null : update;
        }

        /// <summary>Takes away what is still shown, where something else than its end has ended the work.</summary>
        internal void CloseProgress()
        {
            if (_openActivities is { } update && !command.Stopping)
                Progress(update with { Completed = true });
        }

        private void WriteProgressRecord(ProgressUpdate update, int activityId, int parentId) => command.WriteProgress(
            new ProgressRecord(activityId, Sanitizer.Sanitize(update.Activity), Sanitizer.Sanitize(update.Status))
            {
                ParentActivityId = parentId,
                PercentComplete = update.Percent,
                SecondsRemaining = update.TimeLeft is { TotalSeconds: < int.MaxValue } left ? (int)left.TotalSeconds : -1,
                RecordType = update.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            });
    }
}
