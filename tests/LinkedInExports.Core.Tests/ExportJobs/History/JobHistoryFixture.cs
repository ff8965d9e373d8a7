using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportJobs.History;

/// <summary>A folder with a job history.</summary>
internal sealed class JobHistoryFixture : IDisposable
{
    internal const string LinkedInApi = "api.linkedin.com";

    internal static readonly DateTimeOffset Now = new(2026, 3, 6, 12, 0, 0, TimeSpan.Zero);

    private readonly SimulatedTimeProvider _time = new(Now);

    internal TempFolder Folder { get; } = new();

    internal RecordingOutput Recorder { get; } = new();

    internal string FilePath => Folder.File("jobs.jsonl");

    public void Dispose() => Folder.Dispose();

    /// <summary>Opens the history like another process.</summary>
    internal JobHistory Open() => new(FileSystem.Real, Folder.Path, _time);

    /// <summary>Records a job, in another process if no history is specified.</summary>
    internal void Record(ExportJob job, bool isSaved, JobHistory? history = null) =>
        (history ?? Open()).Record(LinkedInApi, job, isSaved, Recorder);

    /// <inheritdoc cref="Record(ExportJob, bool, JobHistory)"/>
    internal void Record(ExportJob job, JobHistory? history = null) => Record(job, isSaved: false, history);

    internal IReadOnlyList<ExportJob> GetJobs(string? api = null, params long[] ids) =>
        Open().GetJobs(new JobHistoryFilter(api, ids), Recorder);

    internal static SalesAnalyticsExportJob CreateSeatJob(long id) =>
        new(ExportType.Seat)
        {
            JobId = id,
            Contract = "urn:li:contract:7001",
            StartAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            EndAt = new DateTimeOffset(2026, 1, 31, 23, 59, 59, 999, TimeSpan.Zero),
        };

    internal static CrmValidationExportJob CreateValidationJob(long id) =>
        new()
        {
            JobId = id,
            CrmInstanceId = EmulatorFixture.Crm,
            ExportStartAt = EmulatorFixture.Start,
        };
}
