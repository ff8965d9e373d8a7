using System.Management.Automation;
using LinkedInExports.Completion;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Text;

namespace LinkedInExports.Infrastructure;

/// <summary>Writes results and diagnostics to the streams of PowerShell. Used on the thread of the pipeline only.</summary>
internal sealed class CommandOutput(
    Cmdlet command,
    CommandScope scope,
    SummaryCounter? summary,
    Action<LinkedInException> writeError,
    bool showsProgress
) : ICommandOutput
{
    private const int NoParent = -1;

    /// <summary>Separates the ids of step records from those of the records that they belong to.</summary>
    private const int StepOffset = 1 << 20;

    private static int _lastActivityId;

    private readonly int _activityId = Interlocked.Increment(ref _lastActivityId);
    private ProgressUpdate? _openActivities;

    public bool IncludesDetails => true;

    public void Output(object value)
    {
        SessionHistory.Current.Remember(value);
        summary?.AddOutput(value);
        command.WriteObject(value);
    }

    public void Error(LinkedInException error)
    {
        scope.Fail(error);
        summary?.AddError(error);
        writeError(error);
    }

    public void Warning(SanitizedText text) => command.WriteWarning(text.ToString());

    public void Verbose(SanitizedText text) => command.WriteVerbose(text.ToString());

    public void Debug(SanitizedText text) => command.WriteDebug(text.ToString());

    public void Progress(ProgressUpdate update)
    {
        if (!showsProgress)
            return;

        // An update without a step removes the bar of the previous step.
        ProgressUpdate? current =
            update.Step ?? (_openActivities?.Step is { } previous ? previous with { Completed = true } : null);

        // The step first, so that its bar is never shown without the bar that it belongs to.
        if (current is { } step)
        {
            WriteProgressRecord(
                step with
                {
                    Completed = update.Completed || step.Completed,
                },
                _activityId + StepOffset,
                _activityId
            );
        }

        WriteProgressRecord(update, _activityId, NoParent);
        _openActivities = update.Completed ? null : update;
    }

    /// <summary>Removes the progress bar after an operation that failed.</summary>
    internal void CloseProgress()
    {
        if (_openActivities is { } update && !command.Stopping)
            Progress(update with { Completed = true });
    }

    private void WriteProgressRecord(ProgressUpdate update, int activityId, int parentId) =>
        command.WriteProgress(
            new ProgressRecord(activityId, Sanitizer.Sanitize(update.Activity), Sanitizer.Sanitize(update.Status))
            {
                ParentActivityId = parentId,
                PercentComplete = update.Percent,
                SecondsRemaining = update.TimeLeft is { TotalSeconds: < int.MaxValue } left ? (int)left.TotalSeconds : -1,
                RecordType = update.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            }
        );
}
