using System.Collections.Concurrent;

namespace LinkedInExports.Emulator.Validation;

/// <summary>The validation jobs of an emulator.</summary>
internal sealed class ValidationJobs(EmulatorOptions options)
{
    private readonly ConcurrentDictionary<long, ValidationJob> _jobs = new();
    private long _lastId = options.FirstJobId - 1;

    public IEnumerable<ValidationJob> All => _jobs.Values.Where(job => !job.IsExpired).OrderBy(job => job.Id);

    public ValidationJob Create(EmulatedCrmInstance crm, long exportStartAt)
    {
        var job = new ValidationJob(Interlocked.Increment(ref _lastId), crm, exportStartAt, options);
        _jobs[job.Id] = job;
        return job;
    }

    public ValidationJob? Find(long id) => _jobs.TryGetValue(id, out ValidationJob? job) && !job.IsExpired ? job : null;
}
