using System.Globalization;

namespace LinkedInExports.Completion;

/// <summary>Completes the ids of the jobs of this session that have the job type of the command.</summary>
internal sealed class JobIdCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName)
    {
        bool isValidation = commandName.EndsWith("CrmValidationExportJob", StringComparison.OrdinalIgnoreCase);
        return SessionHistory
            .Current.Jobs.Where(job => job is CrmValidationExportJob == isValidation)
            .Select(job =>
            {
                string id = job.JobId.ToString(CultureInfo.InvariantCulture);
                return new CompletionCandidate(id, id, $"{job}, {job.State}, of {job.Owner}", id);
            });
    }
}
