using System.Globalization;
using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Core.Output;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Completion;

/// <summary>
/// Completes the ids of the jobs of this session, and those of the history, that have the job type of the command.
/// </summary>
internal sealed class JobIdCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        SessionHistory
            .Current.Jobs.Concat(GetRecordedJobs())
            .Where(job => IsJobOf(commandName, job))
            .GroupBy(job => (job.JobId, job.GetType()), (_, same) => same.First())
            .Select(job =>
            {
                string id = job.JobId.ToString(CultureInfo.InvariantCulture);
                return new CompletionCandidate(id, id, $"{job}, {job.State}, of {job.Owner}", id);
            });

    /// <summary>Gets the jobs of the history; none if it cannot be read, because completion cannot report an error.</summary>
    private static IReadOnlyList<ExportJob> GetRecordedJobs()
    {
        try
        {
            return UserData.Folder is { } folder
                ? JobHistory
                    .Get(folder)
                    .GetJobs(new JobHistoryFilter(CurrentConnection.Current?.BaseUri.Authority, []), NullDiagnostics.Instance)
                : [];
        }
        catch (LinkedInException)
        {
            return [];
        }
    }

    /// <summary>Whether a job has the type of the command: Get-ExportJob gets jobs of both types.</summary>
    private static bool IsJobOf(string commandName, ExportJob job)
    {
        bool isValidation = commandName.EndsWith("CrmValidationExportJob", StringComparison.OrdinalIgnoreCase);
        bool isAnalytics = commandName.EndsWith("SalesAnalyticsExportJob", StringComparison.OrdinalIgnoreCase);
        return job is CrmValidationExportJob ? !isAnalytics : !isValidation;
    }
}
