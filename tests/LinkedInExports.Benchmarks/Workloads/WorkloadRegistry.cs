using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>The registry of all workloads.</summary>
internal static class WorkloadRegistry
{
    private static readonly Workload[] All =
    [
        new ImportIntoVariable("import-validation", "validation", RepeatedRows.WriteValidations),
        new ImportIntoVariable("import-activity", "activity", RepeatedRows.WriteActivities),
        new ImportAndFilter(),
        new ReadInEngine(),
        new ReadByDataReader(),
        new LoadDatabase(),
        new FirstObject(),
        new SaveOneFile(),
        new SaveManyFiles(),
        new SyncResumes(),
        new SyncUnchangedResumes("sync-unchanged", 100_000, kibibytes: 2, isCached: true),
        new SyncUnchangedResumes("sync-unchanged-256", 40_000, kibibytes: 256, isCached: false),
        new RecordTraces(),
        new RecordIncidents(),
        new OpenLedger(),
        new WaitForJobs(),
        new ImportModule(),
        new MemoryOfLargeFiles(),
    ];

    /// <exception cref="ArgumentException">A workload does not exist.</exception>
    internal static IEnumerable<Workload> Select(string[] names)
    {
        if (names.FirstOrDefault(name => All.All(work => work.Name != name)) is { } unknown)
        {
            throw new ArgumentException(
                $"The workload '{unknown}' does not exist. The workloads are {string.Join(", ", All.Select(work => work.Name))}."
            );
        }

        return names.Length == 0 ? All : All.Where(work => names.Contains(work.Name));
    }
}
