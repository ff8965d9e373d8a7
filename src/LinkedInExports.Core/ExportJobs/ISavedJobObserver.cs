using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Is notified of export jobs whose files are saved.</summary>
public interface ISavedJobObserver
{
    /// <summary>
    /// Records that all files of a job are on the disk, and recognized or accepted. Called on worker threads, also for a job
    /// with a row count of 0 and no files.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <exception cref="LinkedInException">The notification cannot be stored.</exception>
    void MarkSaved(ExportJob job, IDiagnostics diagnostics);
}
