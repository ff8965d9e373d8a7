using System.Globalization;

namespace LinkedInExports.Completion;

/// <summary>Ids of jobs that this session has seen, of the kind that the command asks for.</summary>
internal sealed class JobIdCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName)
    {
        bool isValidation = commandName.EndsWith("CrmValidationExportJob", StringComparison.OrdinalIgnoreCase);
        return SessionHistory.Current.Jobs.Where(job => job is CrmValidationExportJob == isValidation).Select(job =>
        {
            string id = job.JobId.ToString(CultureInfo.InvariantCulture);
            string of = job switch
            {
                CrmValidationExportJob validation => validation.CrmInstanceId,
                SalesAnalyticsExportJob sales => sales.Contract,
                _ => "",
            };
            return new CompletionCandidate(id, id, $"{job}, {job.State}, of {of}", id);
        });
    }
}
