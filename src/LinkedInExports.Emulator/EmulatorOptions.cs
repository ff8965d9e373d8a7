using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Emulator;

/// <summary>The options of an emulator. The defaults are LinkedIn's documented behavior, but faster.</summary>
public sealed partial class EmulatorOptions
{
    private EmulatorBehavior _behavior = new();

    /// <summary>
    /// The initial behavior where the documentation is silent. <see cref="LinkedInEmulator.Behavior"/> replaces it later.
    /// </summary>
    public EmulatorBehavior Behavior
    {
        get => Volatile.Read(ref _behavior);
        init => _behavior = value;
    }

    /// <summary>The TCP port on 127.0.0.1, or 0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>The initial bearer token, which does not expire. <c>null</c> creates a new one at each start.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The clock of jobs, links, <c>Date</c> headers and the log. Latency faults use real time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The delay of each request, in real time.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>
    /// Whether to judge how the client follows LinkedIn's documentation. The report is the page <c>/</c>, and
    /// <c>/emulator/conformance</c> in JSON.
    /// </summary>
    public bool JudgesConformance { get; init; }

    /// <summary>The number of requests in the log. The oldest are removed. The log includes the bodies.</summary>
    public int LoggedRequests { get; init; } = int.MaxValue;

    /// <summary>
    /// How long a job is <c>PROCESSING</c>: a validation job after its creation, and an analytics job after the end of the
    /// previous one with the same action and contract.
    /// </summary>
    public TimeSpan ProcessingTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The number of status requests for which a job is <c>PROCESSING</c>, or <c>null</c> to use <see cref="ProcessingTime"/>.
    /// Requests for an <c>ENQUEUED</c> analytics job do not count.
    /// </summary>
    public int? ProcessingPolls { get; init; }

    /// <summary>The number of files of a validation job whose period is <see cref="RowsPeriod"/> or longer.</summary>
    public int Parts { get; init; } = 3;

    /// <summary>The number of data rows in each of these files. Rows are generated when they are sent.</summary>
    public long RowsPerPart { get; init; } = 1000;

    /// <summary>
    /// The period for which a validation job has all of these rows. Jobs with longer periods have only the newest rows, and jobs
    /// with shorter ones have proportionally fewer rows and files.
    /// </summary>
    public TimeSpan RowsPeriod { get; init; } = TimeSpan.FromDays(28);

    /// <summary>The seed of all rows. The same seed results in the same ids.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether each part has a header row, or only part 1.</summary>
    public bool HeaderInEachPart { get; init; } = true;

    /// <summary>Additional text columns at the end of validation and activity rows.</summary>
    public string[] ExtraColumns { get; init; } = [];

    /// <summary>The line ending, also after the header and the last row.</summary>
    public string LineEnding { get; init; } = "\n";

    /// <summary>Whether each file starts with a UTF-8 byte order mark.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>The lifetime of a download link.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a job id is valid after its creation.</summary>
    public TimeSpan JobLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The id of the first validation job. Later ids are consecutive.</summary>
    public long FirstJobId { get; init; } = 148;

    /// <summary>Whether files are sent in chunks instead of with a <c>Content-Length</c>.</summary>
    public bool Chunked { get; init; }

    /// <summary>The maximum age of an export's start at the job's creation, or <c>null</c> for no limit.</summary>
    public TimeSpan? ClampStart { get; init; }

    /// <summary>The value of fields that only a finished job has, while the job is running.</summary>
    public OptionalFields OptionalFields { get; init; } = OptionalFields.Absent;

    /// <summary>Whether the JSON of jobs and contracts has an undocumented field.</summary>
    public bool UnknownFields { get; init; }

    /// <summary>The final status of a validation job. Only <c>COMPLETED</c> has links.</summary>
    public string CompletedStatus { get; init; } = "COMPLETED";

    /// <summary>The absolute URL of links with <c>{0}</c> for the signed part, or <c>null</c> for this emulator.</summary>
    public string? LinkTemplate { get; init; }

    /// <summary>Whether the link to part 1 is sent as the string <c>downloadUrl</c> instead of the array.</summary>
    public bool SingleDownloadUrlField { get; init; }

    /// <summary>Whether the id of a new job is in <c>X-RestLi-Id</c>, or only in <c>Location</c>.</summary>
    public bool IdHeader { get; init; } = true;

    /// <summary>Copies the options for an emulator, because its behavior can change.</summary>
    internal EmulatorOptions Copy() => (EmulatorOptions)MemberwiseClone();

    internal void Replace(EmulatorBehavior behavior)
    {
        behavior.Validate();
        Volatile.Write(ref _behavior, behavior);
    }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Behavior);
        Behavior.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentOutOfRangeException.ThrowIfNegative(Parts);
        ArgumentOutOfRangeException.ThrowIfNegative(RowsPerPart);
        ArgumentOutOfRangeException.ThrowIfLessThan(RowsPeriod, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfNegative(FirstJobId);
        ArgumentOutOfRangeException.ThrowIfNegative(ProcessingPolls ?? 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(ProcessingTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LinkLifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(JobLifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(LoggedRequests);
        ArgumentOutOfRangeException.ThrowIfLessThan(Latency, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(ExtraColumns);
        ArgumentException.ThrowIfNullOrEmpty(LineEnding);
        ArgumentException.ThrowIfNullOrEmpty(CompletedStatus);
        ValidateAnalytics();
        ValidateOAuth();
        ValidateResumes();
        if (AccessToken is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(AccessToken);
    }
}
