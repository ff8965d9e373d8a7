using LinkedInExports.Core.Telemetry;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>A job in a wait.</summary>
internal sealed class PendingJob(ExportJob job, DateTimeOffset since)
{
    /// <summary>The job as the caller provided it, with the requested period.</summary>
    internal ExportJob Requested { get; } = job;

    /// <summary>The job as LinkedIn returned it last.</summary>
    internal ExportJob Latest { get; set; } = job;

    /// <summary>The start of the wait for this job, or of its processing if it was queued.</summary>
    internal DateTimeOffset WaitingSince { get; set; } = since;

    internal DateTimeOffset NextPoll { get; set; } = since;

    /// <summary>
    /// The queue of the job, because LinkedIn runs one job per export type and contract at a time. Null for jobs without a
    /// queue.
    /// </summary>
    internal string? QueueKey { get; } =
        job is SalesAnalyticsExportJob { ExportType: { } exportType } sales ? $"{exportType} of {sales.Contract}" : null;

    /// <summary>Whether another job of its queue is processed first, so that polling this one is rarely useful.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>The error of the last poll, or null if it succeeded.</summary>
    internal LinkedInException? LastFailure { get; set; }

    /// <summary>The poll in progress, or null. Only this task changes the job while it runs.</summary>
    internal Task? PollTask { get; set; }

    internal bool IsOver { get; set; }

    /// <summary>The span of the wait.</summary>
    internal TraceSpan Span { get; } = TraceSpan.StartDetached("wait for export job");

    /// <summary>Begins the wait, as a span and in the totals of the command.</summary>
    internal static PendingJob Begin(ExportJob job, DateTimeOffset since)
    {
        CommandTotals.Current?.BeginWait();
        return new PendingJob(job, since);
    }

    /// <summary>Ends the wait.</summary>
    internal void End()
    {
        CommandTotals.Current?.EndWait();
        Span.With(Latest);
        Span.Dispose();
    }

    internal bool IsUnknownStatusReported { get; set; }
}
