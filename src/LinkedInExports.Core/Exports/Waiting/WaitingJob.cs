namespace LinkedInExports.Core.Exports.Waiting;

/// <summary>A job that is waited for.</summary>
internal sealed class WaitingJob(ExportJob job, DateTimeOffset since)
{
    /// <summary>As it came in: what the user asked for.</summary>
    internal ExportJob Requested { get; } = job;

    /// <summary>As LinkedIn told it last.</summary>
    internal ExportJob Latest { get; set; } = job;

    internal DateTimeOffset Since { get; } = since;

    internal DateTimeOffset NextPoll { get; set; } = since;

    internal int FailedPolls { get; set; }

    internal bool IsOver { get; set; }

    internal bool SaidUnknownStatus { get; set; }
}
