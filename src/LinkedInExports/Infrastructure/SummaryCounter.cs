using LinkedInExports.Core.Telemetry;

namespace LinkedInExports.Infrastructure;

/// <summary>Counts the items of a command for its summary. Used on the thread of the pipeline only.</summary>
internal sealed class SummaryCounter(string command, CommandItem itemType)
{
    /// <summary>The errors of items that another run of the command completes.</summary>
    private static readonly LinkedInErrorId[] Incomplete =
    [
        LinkedInErrorId.WaitTimedOut,
        LinkedInErrorId.SaveTimedOut,
        LinkedInErrorId.ExportJobNotCompleted,
        LinkedInErrorId.DailyQuotaExceeded,
    ];

    private long _completed;
    private long _failed;
    private long _remaining;
    private bool _hasResults;

    internal void AddOutput(object value)
    {
        if (value is not ResumeSyncResult result)
        {
            _completed++;
            return;
        }

        if (!_hasResults)
            (_hasResults, _failed, _remaining) = (true, 0, 0); // The errors before the first result have results, too.
        if (result.Outcome == ResumeSyncOutcome.Pending)
            _remaining++;
        else if (result.Outcome is ResumeSyncOutcome.Failed or ResumeSyncOutcome.Rejected)
            _failed++;
        else
            _completed++;
    }

    /// <summary>Counts an item that failed. A resume that failed is counted by its result.</summary>
    internal void AddError(LinkedInException error)
    {
        if (_hasResults)
            return;
        if (Incomplete.Contains(error.Id))
            _remaining++;
        else
            _failed++;
    }

    /// <summary>Counts the items without an output, after a failure that ended the operation.</summary>
    /// <param name="total">The number of all items.</param>
    internal void CompleteRemaining(long total) => _remaining += Math.Max(0, total - _completed - _failed - _remaining);

    /// <summary>Creates the summary, or returns null if the command had no items.</summary>
    internal CommandSummary? Create(CommandTotals totals) =>
        _completed + _failed + _remaining == 0
            ? null
            : new CommandSummary
            {
                Command = command,
                ItemType = itemType,
                Completed = _completed,
                Failed = _failed,
                Remaining = _remaining,
                RowCount = totals.RowCount,
                BytesReceived = totals.BytesReceived,
                BytesSent = totals.BytesSent,
                Duration = totals.Duration,
                WaitingTime = totals.WaitingTime,
            };
}
