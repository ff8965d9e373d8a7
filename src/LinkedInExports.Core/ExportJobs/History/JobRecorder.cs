using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportJobs.History;

/// <summary>Records the jobs of an API.</summary>
/// <param name="history">The history, or null to record nothing.</param>
/// <param name="api">Host and port of the API.</param>
internal sealed class JobRecorder(JobHistory? history, string api)
{
    /// <summary>Records a job as LinkedIn returned it.</summary>
    /// <returns>The job.</returns>
    internal T Record<T>(T job, IDiagnostics diagnostics)
        where T : ExportJob
    {
        history?.Record(api, job, isSaved: false, diagnostics);
        return job;
    }

    /// <summary>Records that all files of a job are on the disk, and recognized or accepted.</summary>
    internal void MarkSaved(ExportJob job, IDiagnostics diagnostics) => history?.Record(api, job, isSaved: true, diagnostics);
}
