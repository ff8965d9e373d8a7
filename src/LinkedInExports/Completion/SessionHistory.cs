using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace LinkedInExports.Completion;

/// <summary>
/// The output of the cmdlets in a runspace, for completion, because a request to LinkedIn would block the prompt. The newest
/// items are first, and the oldest are removed.
/// </summary>
internal sealed class SessionHistory
{
    private const int Capacity = 100;

    private static readonly ConditionalWeakTable<Runspace, SessionHistory> Histories = new();

    private readonly LinkedList<ExportJob> _jobs = new();
    private readonly LinkedList<SalesContract> _contracts = new();
    private readonly LinkedList<string> _recruiterContracts = new();
    private readonly LinkedList<string> _integrationContexts = new();

    /// <summary>The history of the runspace that runs on this thread.</summary>
    internal static SessionHistory Current => Histories.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The jobs in their latest state.</summary>
    internal IEnumerable<ExportJob> Jobs => _jobs;

    /// <summary>The contracts of Get-SalesContract, and the contracts of jobs, which have no name.</summary>
    internal IEnumerable<SalesContract> Contracts =>
        _contracts.Concat(
            _jobs
                .OfType<SalesAnalyticsExportJob>()
                .Select(job => job.Contract)
                .Where(urn => _contracts.All(contract => contract.Contract != urn))
                .Distinct()
                .Select(urn => new SalesContract { Contract = urn })
        );

    /// <summary>The CRM instances of jobs.</summary>
    internal IEnumerable<string> CrmInstances =>
        _jobs.OfType<CrmValidationExportJob>().Select(job => job.CrmInstanceId).Distinct();

    /// <summary>The Recruiter contracts in parameters, because LinkedIn does not list them.</summary>
    internal IEnumerable<string> RecruiterContracts => _recruiterContracts;

    /// <summary>The integration contexts in parameters.</summary>
    internal IEnumerable<string> IntegrationContexts => _integrationContexts;

    internal void RememberRecruiterContract(string? contract) => RememberArgument(_recruiterContracts, contract);

    internal void RememberIntegrationContext(string context) => RememberArgument(_integrationContexts, context);

    /// <summary>Remembers an object if completion uses objects of its type.</summary>
    internal void Remember(object output)
    {
        switch (output)
        {
            // Without the links, which are secrets and not needed here.
            case ExportJob job:
                Add(_jobs, job with { DownloadUrls = [] }, other => other.JobId == job.JobId && other.GetType() == job.GetType());
                break;
            case SalesContract contract:
                Add(_contracts, contract, other => other.Contract == contract.Contract);
                break;
        }
    }

    private static void RememberArgument(LinkedList<string> list, string? argument)
    {
        if (argument?.Trim() is { Length: > 0 } value)
            Add(list, value, other => other == value);
    }

    private static void Add<T>(LinkedList<T> list, T item, Func<T, bool> isSame)
    {
        if (list.FirstOrDefault(isSame) is { } old)
            list.Remove(old);
        list.AddFirst(item);
        if (list.Count > Capacity)
            list.RemoveLast();
    }
}
