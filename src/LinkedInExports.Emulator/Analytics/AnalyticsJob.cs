using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>One analytics job with its state, its file and the link to it.</summary>
internal sealed class AnalyticsJob
{
    public const string Enqueued = "ENQUEUED";
    public const string Processing = "PROCESSING";
    public const string Completed = "COMPLETED";
    private const string TooBig = "FAILED_DUE_TO_EXCEEDED_FILE_SIZE_ERROR";

    private readonly Lock _lock = new();
    private readonly EmulatorOptions _options;
    private readonly DateTimeOffset _createdAt;
    private readonly JobQueue _queue;
    private readonly JobQueue.QueueEntry _queueEntry;
    private readonly JobLinks _links;

    public AnalyticsJob(long id, EmulatedExportType export, AnalyticsRequest order, JobQueue lane, EmulatorOptions options)
    {
        _options = options;
        _links = new JobLinks(options);
        _createdAt = options.TimeProvider.GetUtcNow();
        _queue = lane;
        _queueEntry = lane.Enqueue();
        Id = id;
        Export = export;
        Request = order;
        File = export switch
        {
            EmulatedExportType.Activity => ActivityFile.Create(order, options),
            EmulatedExportType.ActivityOutcome => OutcomeFile.Create(order, options),
            _ => SeatFile.Create(order, options),
        };
    }

    public long Id { get; }

    public EmulatedExportType Export { get; }

    public AnalyticsRequest Request { get; }

    public CsvFile File { get; }

    /// <summary>The number of rows as LinkedIn states it; <c>null</c> if it states none.</summary>
    public long? RowCount =>
        _options.Behavior switch
        {
            { RowCount: RowCountRule.Absent } => null,
            { RowCount: RowCountRule.DataAndHeader } behavior => File.Rows.Count + 1 + behavior.RowCountOffset,
            var behavior => File.Rows.Count + behavior.RowCountOffset,
        };

    /// <summary>Whether the id is forgotten.</summary>
    public bool IsExpired => _options.TimeProvider.GetUtcNow() - _createdAt >= _options.JobLifetime;

    /// <summary>The status without counting as a status request.</summary>
    public string Status => GetStatus(_queue.Peek(_queueEntry));

    public JobSummary Summary => new(Id, $"analytics{Export}", 1, File.Rows.Count, Status);

    /// <summary>The status and, if there is something to download, a link that works.</summary>
    public (string Status, LinkSet? Links) Poll(SignedLinkStore links)
    {
        string status = GetStatus(_queue.Poll(_queueEntry));
        if (status != Completed)
            return (status, null);
        lock (_lock)
            return (status, _links.GetLinks([File], links));
    }

    private string GetStatus(JobPhase phase) =>
        phase switch
        {
            JobPhase.Enqueued => Enqueued,
            JobPhase.Processing => Processing,
            _ => _options.OversizedBeyond is { } limit && Request.Range > limit ? TooBig : _options.AnalyticsStatus,
        };
}
