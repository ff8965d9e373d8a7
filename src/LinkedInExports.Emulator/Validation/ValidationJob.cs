using LinkedInExports.Emulator.Downloads;

namespace LinkedInExports.Emulator.Validation;

/// <summary>One export job with its state, its files and the links to them.</summary>
internal sealed class ValidationJob
{
    public const string Processing = "PROCESSING";
    public const string Completed = "COMPLETED";

    private readonly Lock _lock = new();
    private readonly EmulatorOptions _options;
    private readonly DateTimeOffset _createdAt;
    private int _polls;
    private LinkSet? _links;

    public ValidationJob(long id, CrmInstanceUrn crm, long askedStartAt, EmulatorOptions options)
    {
        _options = options;
        _createdAt = options.TimeProvider.GetUtcNow();
        Id = id;
        Crm = crm;
        ExportEndAt = _createdAt.ToUnixTimeMilliseconds();
        ExportStartAt = options.ClampStart is { } clamp
            ? Math.Max(askedStartAt, (_createdAt - clamp).ToUnixTimeMilliseconds())
            : askedStartAt;
        Files = [.. Enumerable.Range(1, options.Parts).Select(part => new ValidationFile(this, part, options))];
    }

    public long Id { get; }

    public CrmInstanceUrn Crm { get; }

    /// <summary>Epoch milliseconds.</summary>
    public long ExportStartAt { get; }

    /// <summary>Epoch milliseconds.</summary>
    public long ExportEndAt { get; }

    public IReadOnlyList<ValidationFile> Files { get; }

    /// <summary>Whether the id is forgotten.</summary>
    public bool IsGone => _options.TimeProvider.GetUtcNow() - _createdAt >= _options.JobLifetime;

    /// <summary>The status without counting as a status request.</summary>
    public string Status
    {
        get { lock (_lock) return IsFinished(_polls) ? _options.CompletedStatus : Processing; }
    }

    public JobSummary Summary => new(Id, "crmValidation", Files.Count, _options.RowsPerPart, Status);

    /// <summary>The status and, if there is something to download, links that work.</summary>
    public (string Status, LinkSet? Links) Poll(DownloadLinks links)
    {
        lock (_lock)
        {
            if (!IsFinished(_polls++)) return (Processing, null);
            if (_options.CompletedStatus != Completed) return (_options.CompletedStatus, null);
            if (_links is null || !links.AreAlive(_links)) _links = links.HandOut(Files);
            return (Completed, _links);
        }
    }

    private bool IsFinished(int polls) => _options.ProcessingPolls is int needed
        ? polls >= needed
        : _options.TimeProvider.GetUtcNow() - _createdAt >= _options.ProcessingTime;
}
