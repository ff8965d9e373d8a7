namespace LinkedInExports.Emulator.Behavior;

/// <summary>
/// The behavior where LinkedIn's documentation is silent or contradictory. The defaults are the most likely interpretation. The
/// behavior can be replaced while the emulator runs.
/// </summary>
public sealed record EmulatorBehavior
{
    /// <summary>A time that does not end.</summary>
    public static readonly TimeSpan Forever = TimeSpan.MaxValue;

    /// <summary>
    /// How long a <c>COMPLETED</c> job has no link, counted from the first response with this status, or <see cref="Forever"/>.
    /// The value of the link field is specified by <see cref="EmulatorOptions.OptionalFields"/>.
    /// </summary>
    public TimeSpan LinksMissingFor { get; init; }

    /// <summary>The links of a job after its first links have expired.</summary>
    public RefreshedLinks RefreshedLinks { get; init; }

    /// <summary>How long these links are returned, counted from the first refresh. Later links are valid.</summary>
    public TimeSpan RefreshedLinksFor { get; init; } = Forever;

    /// <summary>The rows that <c>rowCount</c> of an analytics job includes.</summary>
    public RowCountRule RowCount { get; init; }

    /// <summary>A number that is added to <c>rowCount</c> of an analytics job, to make it wrong.</summary>
    public long RowCountOffset { get; init; }

    /// <summary>Columns that are omitted from analytics files, for example <c>memberIdentityKey</c>.</summary>
    public string[] OmittedColumns { get; init; } = [];

    /// <summary>The spelling of column names in the files of new jobs.</summary>
    public HeaderSpelling HeaderSpelling { get; init; }

    /// <summary>The delimiter in the files of new jobs.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>
    /// The host in download links, for example <c>media.licdn.com</c>, or a scheme, host and port. <c>null</c> for this emulator,
    /// which serves the files of all hosts.
    /// </summary>
    public string? LinkHost { get; init; }

    /// <summary>
    /// The host to which downloads are redirected, in the format of <see cref="LinkHost"/>, or <c>null</c>.
    /// </summary>
    public string? RedirectHost { get; init; }

    /// <summary>Whether a download needs the bearer token.</summary>
    public DownloadToken DownloadToken { get; init; }

    /// <summary>Where the response to an analytics action has the id of the new job.</summary>
    public JobIdPlace AnalyticsJobId { get; init; }

    /// <summary>The value of <c>nextExportStartAt</c> of a validation job.</summary>
    public NextExportStart NextExportStartAt { get; init; }

    /// <summary>Which requests need a <c>LinkedIn-Version</c> header.</summary>
    public ApiVersionRule ApiVersion { get; init; }

    /// <summary>The accepted values of that header. Other values return 426.</summary>
    public string[] ActiveApiVersions { get; init; } = ["202603"];

    /// <summary>The status of responses to tunneled requests, or <c>null</c> to accept the requests.</summary>
    public int? TunnelStatus { get; init; }

    /// <summary>
    /// The organization id in the keys of resume responses, or <c>null</c> for that of the request.
    /// </summary>
    public long? AnsweredOrganization { get; init; }

    /// <summary>
    /// How long uploaded files with a <c>blobTtl</c> are kept, or <c>null</c> for the time in <c>blobTtl</c>. Set it to avoid
    /// long waits in tests.
    /// </summary>
    public TimeSpan? RetentionTime { get; init; }

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Validate()
    {
        Check(LinksMissingFor >= TimeSpan.Zero, nameof(LinksMissingFor));
        Check(RefreshedLinksFor >= TimeSpan.Zero, nameof(RefreshedLinksFor));
        Check(RetentionTime is not { } kept || kept >= TimeSpan.Zero, nameof(RetentionTime));
        Check(OmittedColumns is not null, nameof(OmittedColumns));
        Check(Delimiter is [> ' ' and <= '~' and not '"'] or "\t", nameof(Delimiter));
        Check(LinkHost is null || LinkedHost.IsValid(LinkHost), nameof(LinkHost));
        Check(RedirectHost is null || LinkedHost.IsValid(RedirectHost), nameof(RedirectHost));
        Check(ActiveApiVersions is { Length: > 0 }, nameof(ActiveApiVersions));
        Check(TunnelStatus is null or >= 400 and <= 599, nameof(TunnelStatus));
        Check(AnsweredOrganization is null or > 0, nameof(AnsweredOrganization));
        Check(Enum.IsDefined(RefreshedLinks), nameof(RefreshedLinks));
        Check(Enum.IsDefined(RowCount), nameof(RowCount));
        Check(Enum.IsDefined(HeaderSpelling), nameof(HeaderSpelling));
        Check(Enum.IsDefined(DownloadToken), nameof(DownloadToken));
        Check(Enum.IsDefined(AnalyticsJobId), nameof(AnalyticsJobId));
        Check(Enum.IsDefined(NextExportStartAt), nameof(NextExportStartAt));
        Check(Enum.IsDefined(ApiVersion), nameof(ApiVersion));
    }

    private static void Check(bool isValid, string property)
    {
        if (!isValid)
            throw new ArgumentException($"{property} is out of range.", property);
    }
}
