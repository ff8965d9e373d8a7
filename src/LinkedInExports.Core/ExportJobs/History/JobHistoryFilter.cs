namespace LinkedInExports.Core.ExportJobs.History;

/// <summary>Selects jobs of the history.</summary>
/// <param name="Api">Host and port of the API, or null for the jobs of all APIs.</param>
/// <param name="JobIds">The ids of the jobs, or none for all jobs.</param>
public sealed record JobHistoryFilter(string? Api, IReadOnlyCollection<long> JobIds)
{
    internal bool Includes(JobHistoryEntry entry) =>
        (Api is null || entry.Api == Api) && (JobIds.Count == 0 || JobIds.Contains(entry.JobId));
}
