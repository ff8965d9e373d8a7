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
    private readonly JobLane _lane;
    private readonly JobLane.Place _place;
    private readonly JobLinks _links;

    public AnalyticsJob(long id, AnalyticsExport export, AnalyticsOrder order, JobLane lane, EmulatorOptions options)
    {
        _options = options;
        _links = new JobLinks(options);
        _createdAt = options.TimeProvider.GetUtcNow();
        _lane = lane;
        _place = lane.Enter();
        Id = id;
        Export = export;
        Order = order;
        File = export switch
        {
            AnalyticsExport.Activity => ActivityFile.Create(order, options),
            AnalyticsExport.ActivityOutcome => OutcomeFile.Create(order, options),
            _ => SeatFile.Create(order, options),
        };
    }

    public long Id { get; }

    public AnalyticsExport Export { get; }

    public AnalyticsOrder Order { get; }

    public CsvFile File { get; }

    /// <summary>The number of rows as LinkedIn states it; <c>null</c> if it states none.</summary>
    public long? RowCount => _options.Behavior switch
    {
        { RowCount: RowCountRule.Absent } => null,
        { RowCount: RowCountRule.DataAndHeader } behavior => File.Rows.Count + 1 + behavior.RowCountOffset,
        var behavior => File.Rows.Count + behavior.RowCountOffset,
    };

    /// <summary>Whether the id is forgotten.</summary>
    public bool IsGone => _options.TimeProvider.GetUtcNow() - _createdAt >= _options.JobLifetime;

    /// <summary>The status without counting as a status request.</summary>
    public string Status => StatusIn(_lane.Look(_place));

    public JobSummary Summary => new(Id, $"analytics{Export}", 1, File.Rows.Count, Status);

    /// <summary>The status and, if there is something to download, a link that works.</summary>
    public (string Status, LinkSet? Links) Poll(DownloadLinks links)
    {
        string status = StatusIn(_lane.Poll(_place));
        if (status != Completed) return (status, null);
        lock (_lock) return (status, _links.HandOut([File], links));
    }

    private string StatusIn(JobPhase phase) => phase switch
    {
        JobPhase.Enqueued => Enqueued,
        JobPhase.Processing => Processing,
        _ => _options.OversizedBeyond is { } limit && Order.Range > limit ? TooBig : _options.AnalyticsStatus,
    };
}
