using System.Collections.Concurrent;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>The analytics jobs of an emulator.</summary>
internal sealed class AnalyticsJobs(EmulatorOptions options)
{
    private readonly Lock _creation = new();
    private readonly ConcurrentDictionary<long, AnalyticsJob> _jobs = new();
    private readonly Dictionary<(EmulatedExportType Export, long Contract), JobQueue> _queues = [];
    private long _lastId = options.FirstAnalyticsJobId - 1;

    public IEnumerable<AnalyticsJob> All => _jobs.Values.Where(job => !job.IsExpired).OrderBy(job => job.Id);

    public AnalyticsJob Create(EmulatedExportType export, AnalyticsRequest parameters)
    {
        // Locked, so that ids have the order of the queue.
        lock (_creation)
        {
            if (!_queues.TryGetValue((export, parameters.Contract), out JobQueue? queue))
                _queues[(export, parameters.Contract)] = queue = new JobQueue(options);
            var job = new AnalyticsJob(++_lastId, export, parameters, queue, options);
            _jobs[job.Id] = job;
            return job;
        }
    }

    public AnalyticsJob? Find(long id) => _jobs.TryGetValue(id, out AnalyticsJob? job) && !job.IsExpired ? job : null;
}
