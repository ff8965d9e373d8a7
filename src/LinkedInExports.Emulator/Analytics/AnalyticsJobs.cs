using System.Collections.Concurrent;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>All analytics jobs of one emulator.</summary>
internal sealed class AnalyticsJobs(EmulatorOptions options)
{
    private readonly Lock _creation = new();
    private readonly ConcurrentDictionary<long, AnalyticsJob> _jobs = new();
    private readonly Dictionary<(EmulatedExportType Export, long Contract), JobQueue> _queues = [];
    private long _lastId = options.FirstAnalyticsJobId - 1;

    public IEnumerable<AnalyticsJob> All => _jobs.Values.Where(job => !job.IsExpired).OrderBy(job => job.Id);

    public AnalyticsJob Create(EmulatedExportType export, AnalyticsRequest order)
    {
        // One at a time: the order of the ids is the order in the line.
        lock (_creation)
        {
            if (!_queues.TryGetValue((export, order.Contract), out JobQueue? lane))
                _queues[(export, order.Contract)] = lane = new JobQueue(options);
            var job = new AnalyticsJob(++_lastId, export, order, lane, options);
            _jobs[job.Id] = job;
            return job;
        }
    }

    public AnalyticsJob? Find(long id) => _jobs.TryGetValue(id, out AnalyticsJob? job) && !job.IsExpired ? job : null;
}
