namespace LinkedInExports.Emulator.Behavior;

/// <summary>
/// How the emulator behaves where LinkedIn's documentation says nothing or contradicts itself. The defaults are what the
/// documentation suggests most. It can be replaced while the emulator runs.
/// </summary>
public sealed record EmulatorBehavior
{
    /// <summary>Stands for a time without an end.</summary>
    public static readonly TimeSpan Forever = TimeSpan.MaxValue;

    /// <summary>
    /// How long a job is <c>COMPLETED</c> without a link, counted from the first answer that says so; <see cref="Forever"/>
    /// for a job that never gets one. What the job sends instead is up to <see cref="EmulatorOptions.OptionalFields"/>.
    /// </summary>
    public TimeSpan LinksMissingFor { get; init; }

    /// <summary>What a job hands out after its links have expired.</summary>
    public RefreshedLinks RefreshedLinks { get; init; }

    /// <summary>How long it does that, counted from the first refresh; afterwards it hands out links that work.</summary>
    public TimeSpan RefreshedLinksFor { get; init; } = Forever;

    /// <summary>What <c>rowCount</c> of an analytics job counts.</summary>
    public RowCountRule RowCount { get; init; }

    /// <summary>Added to the <c>rowCount</c> of an analytics job: a wrong number for clients to notice.</summary>
    public long RowCountOffset { get; init; }

    /// <summary>Columns that files of analytics jobs do not have, such as <c>memberIdentityKey</c>.</summary>
    public string[] OmittedColumns { get; init; } = [];

    /// <summary>How the names of columns are spelled in the files of new jobs.</summary>
    public HeaderSpelling HeaderSpelling { get; init; }

    /// <summary>The character between two values in the files of new jobs.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>
    /// The host that links to files name, such as <c>media.licdn.com</c>, or scheme, host and port; <c>null</c> for this
    /// emulator. The emulator serves the files of any host.
    /// </summary>
    public string? LinkHost { get; init; }

    /// <summary>
    /// The host that requests for files are redirected to, in the form of <see cref="LinkHost"/>; <c>null</c> for none.
    /// </summary>
    public string? RedirectHost { get; init; }

    /// <summary>Whether a request for a file needs the bearer token.</summary>
    public DownloadToken DownloadToken { get; init; }

    /// <summary>Where the answer to an analytics action has the id of the new job.</summary>
    public JobIdPlace AnalyticsJobId { get; init; }

    /// <summary>What a validation job suggests as the start of the next export.</summary>
    public NextExportStart NextExportStartAt { get; init; }

    /// <summary>Which requests need a <c>LinkedIn-Version</c> header.</summary>
    public ApiVersionRule ApiVersion { get; init; }

    /// <summary>The versions that are accepted in that header; another one is 426.</summary>
    public string[] ActiveApiVersions { get; init; } = ["202603"];

    /// <summary>The status that refuses every tunnelled request; <c>null</c> accepts them.</summary>
    public int? TunnelStatus { get; init; }

    /// <summary>
    /// The number of the organization in the keys of answers about resumes; <c>null</c> for that of the request.
    /// </summary>
    public long? AnsweredOrganization { get; init; }

    /// <summary>
    /// How long uploaded files with a <c>blobTtl</c> are kept, whatever it says, so that tests need not wait for hours;
    /// <c>null</c> for what it says.
    /// </summary>
    public TimeSpan? RetentionTime { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
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
            throw new ArgumentException($"{property} is out of its range.", property);
    }
}
