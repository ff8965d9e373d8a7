using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Validation;

/// <summary>A validation job with its state, files and links.</summary>
internal sealed class ValidationJob
{
    public const string Processing = "PROCESSING";
    public const string Completed = "COMPLETED";

    private readonly Lock _lock = new();
    private readonly EmulatorOptions _options;
    private readonly DateTimeOffset _createdAt;
    private int _polls;
    private readonly CompletedJobLoader _links;

    public ValidationJob(long id, EmulatedCrmInstance crm, long requestedStartAt, EmulatorOptions options)
    {
        _options = options;
        _links = new CompletedJobLoader(options);
        _createdAt = options.TimeProvider.GetUtcNow();
        Id = id;
        Crm = crm;
        ExportEndAt = _createdAt.ToUnixTimeMilliseconds();
        ExportStartAt = options.ClampStart is { } clamp
            ? Math.Max(requestedStartAt, (_createdAt - clamp).ToUnixTimeMilliseconds())
            : requestedStartAt;
        Files = CreateFiles();
    }

    public long Id { get; }

    public EmulatedCrmInstance Crm { get; }

    /// <summary>The start of the period in epoch milliseconds.</summary>
    public long ExportStartAt { get; }

    /// <summary>The end of the period in epoch milliseconds.</summary>
    public long ExportEndAt { get; }

    public IReadOnlyList<ValidationFile> Files { get; }

    /// <summary>Whether the id is no longer known.</summary>
    public bool IsExpired => _options.TimeProvider.GetUtcNow() - _createdAt >= _options.JobLifetime;

    /// <summary>The status. Reading it does not count as a status request.</summary>
    public string Status
    {
        get
        {
            lock (_lock)
                return IsFinished(_polls) ? _options.CompletedStatus : Processing;
        }
    }

    public JobSummary Summary => new(Id, "crmValidation", Files.Count, Files.Sum(file => file.Rows), Status);

    /// <summary>Counts a status request, and gets the status and valid links if the job has any.</summary>
    public (string Status, LinkSet? Links) Poll(SignedLinkStore links)
    {
        lock (_lock)
        {
            if (!IsFinished(_polls++))
                return (Processing, null);
            if (_options.CompletedStatus != Completed)
                return (_options.CompletedStatus, null);
            return (Completed, _links.GetLinks(Files, links));
        }
    }

    /// <summary>Creates full files and one with the remaining records, at least one unless the options have no parts.</summary>
    private ValidationFile[] CreateFiles()
    {
        var timeline = new ValidationTimeline(Crm, _options);
        RowRange records = timeline.GetRange(ExportStartAt, ExportEndAt);
        long needed =
            _options.RowsPerPart == 0 ? _options.Parts : (records.Count + _options.RowsPerPart - 1) / _options.RowsPerPart;
        return
        [
            .. Enumerable
                .Range(1, (int)Math.Clamp(needed, Math.Min(1, _options.Parts), _options.Parts))
                .Select(part =>
                {
                    long first = Math.Min(records.First + ((part - 1) * _options.RowsPerPart), records.End);
                    var own = new RowRange(first, Math.Min(first + _options.RowsPerPart, records.End));
                    return new ValidationFile(this, part, timeline, own, _options);
                }),
        ];
    }

    private bool IsFinished(int polls) =>
        _options.ProcessingPolls is int needed
            ? polls >= needed
            : _options.TimeProvider.GetUtcNow() - _createdAt >= _options.ProcessingTime;
}
