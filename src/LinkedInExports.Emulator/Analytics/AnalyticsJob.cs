using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>An analytics job with its state, file and link.</summary>
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
    private readonly CompletedJobLoader _links;

    public AnalyticsJob(long id, EmulatedExportType export, AnalyticsRequest parameters, JobQueue queue, EmulatorOptions options)
    {
        _options = options;
        _links = new CompletedJobLoader(options);
        _createdAt = options.TimeProvider.GetUtcNow();
        _queue = queue;
        _queueEntry = queue.Enqueue();
        Id = id;
        Export = export;
        Request = parameters;
        File = export switch
        {
            EmulatedExportType.Activity => ActivityFile.Create(parameters, options),
            EmulatedExportType.ActivityOutcome => OutcomeFile.Create(parameters, options),
            _ => SeatFile.Create(parameters, options),
        };
    }

    public long Id { get; }

    public EmulatedExportType Export { get; }

    public AnalyticsRequest Request { get; }

    public CsvFile File { get; }

    /// <summary>The value of <c>rowCount</c>, or <c>null</c> if the field is omitted.</summary>
    public long? RowCount =>
        _options.Behavior switch
        {
            { RowCount: RowCountRule.Absent } => null,
            { RowCount: RowCountRule.DataAndHeader } behavior => File.Rows.Count + 1 + behavior.RowCountOffset,
            var behavior => File.Rows.Count + behavior.RowCountOffset,
        };

    /// <summary>Whether the id is no longer known.</summary>
    public bool IsExpired => _options.TimeProvider.GetUtcNow() - _createdAt >= _options.JobLifetime;

    /// <summary>The status. Reading it does not count as a status request.</summary>
    public string Status => GetStatus(_queue.Peek(_queueEntry));

    public JobSummary Summary => new(Id, $"analytics{Export}", 1, File.Rows.Count, Status);

    /// <summary>Counts a status request, and gets the status and a valid link if the job has one.</summary>
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
