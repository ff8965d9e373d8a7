namespace LinkedInExports.Core.ExportJobs;

/// <summary>A job that is waited for.</summary>
internal sealed class PendingJob(ExportJob job, DateTimeOffset since)
{
    /// <summary>As it came in: what the user asked for.</summary>
    internal ExportJob Requested { get; } = job;

    /// <summary>As LinkedIn told it last.</summary>
    internal ExportJob Latest { get; set; } = job;

    /// <summary>When it came in, or when its turn came.</summary>
    internal DateTimeOffset WaitingSince { get; set; } = since;

    internal DateTimeOffset NextPoll { get; set; } = since;

    /// <summary>
    /// LinkedIn runs one job of a kind for a contract at a time; jobs with the same name here run one after the other. Null
    /// for those that do not wait for others.
    /// </summary>
    internal string? QueueKey { get; } =
        job is SalesAnalyticsExportJob { ExportType: { } exportType } sales ? $"{exportType} of {sales.Contract}" : null;

    /// <summary>Whether another job of its queue comes first, so that asking about this one is all but pointless.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>Why the last question had no answer; null after an answer.</summary>
    internal LinkedInException? LastFailure { get; set; }

    /// <summary>The question about it that is under way, which alone may change it then; null for none.</summary>
    internal Task? PollTask { get; set; }

    internal bool IsOver { get; set; }

    internal bool IsUnknownStatusReported { get; set; }
}
