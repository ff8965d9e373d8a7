using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Emulator;

/// <summary>How one emulator behaves. Every default is the documented behaviour of LinkedIn, on a faster clock.</summary>
public sealed partial class EmulatorOptions
{
    private EmulatorBehavior _behavior = new();

    /// <summary>
    /// How it behaves where the documentation says nothing; <see cref="LinkedInEmulator.Behavior"/> replaces it while it runs.
    /// </summary>
    public EmulatorBehavior Behavior
    {
        get => Volatile.Read(ref _behavior);
        init => _behavior = value;
    }

    /// <summary>TCP port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>A bearer token that is there from the start and does not expire; <c>null</c> makes a new one each time.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The clock of jobs, links, <c>Date</c> headers and the log. Latency faults use real time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long every request waits before it is handled, in real time.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Number of requests that the log keeps, the newest; each is kept with its whole body.</summary>
    public int LoggedRequests { get; init; } = int.MaxValue;

    /// <summary>
    /// How long a job stays <c>PROCESSING</c>: a validation job from its creation on, an analytics job from the end of the
    /// one before it with the same action and contract.
    /// </summary>
    public TimeSpan ProcessingTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// If set, a job is <c>PROCESSING</c> for this number of status requests, whatever the clock says. Those for an
    /// analytics job that is still <c>ENQUEUED</c> do not count.
    /// </summary>
    public int? ProcessingPolls { get; init; }

    /// <summary>Number of files of a validation job for <see cref="RowsPeriod"/> or more.</summary>
    public int Parts { get; init; } = 3;

    /// <summary>Number of data rows in each of these files; rows are made while they are sent, so millions are fine.</summary>
    public long RowsPerPart { get; init; } = 1000;

    /// <summary>
    /// The period that a validation job has all of these rows for. Longer ones have the newest of them only, shorter ones fewer
    /// in proportion, in fewer files.
    /// </summary>
    public TimeSpan RowsPeriod { get; init; } = TimeSpan.FromDays(28);

    /// <summary>Start of the sequence that all rows are derived from; the same seed gives the same ids.</summary>
    public long Seed { get; init; } = 1;

    /// <summary><c>false</c> gives only part 1 a header row.</summary>
    public bool HeaderInEachPart { get; init; } = true;

    /// <summary>Names of further text columns at the end of each row of validations and activities.</summary>
    public string[] ExtraColumns { get; init; } = [];

    /// <summary>What ends a row, header and last row included.</summary>
    public string LineEnding { get; init; } = "\n";

    /// <summary>Whether each file starts with a UTF-8 byte order mark.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>How long a download link works after it was handed out.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a job id is known after its creation.</summary>
    public TimeSpan JobLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The id of the first validation job; each further one is greater by 1.</summary>
    public long FirstJobId { get; init; } = 148;

    /// <summary><c>true</c> sends files chunked, <c>false</c> with their <c>Content-Length</c>.</summary>
    public bool Chunked { get; init; }

    /// <summary>If set, no export starts earlier than this long before the job's creation, whatever was asked for.</summary>
    public TimeSpan? ClampStart { get; init; }

    /// <summary>What a running job sends for the fields that only a finished one has.</summary>
    public OptionalFields OptionalFields { get; init; } = OptionalFields.Absent;

    /// <summary>Whether the JSON of jobs and contracts has a field that no document mentions.</summary>
    public bool UnknownFields { get; init; }

    /// <summary>The status a validation job ends in. Only <c>COMPLETED</c> comes with links.</summary>
    public string CompletedStatus { get; init; } = "COMPLETED";

    /// <summary>Absolute URL of the links, <c>{0}</c> being the signed part; <c>null</c> points them to this emulator.</summary>
    public string? LinkTemplate { get; init; }

    /// <summary><c>true</c> sends the link of part 1 as the string <c>downloadUrl</c> instead of the array.</summary>
    public bool SingleDownloadUrlField { get; init; }

    /// <summary><c>false</c> leaves the new id to the <c>Location</c> header alone.</summary>
    public bool IdHeader { get; init; } = true;

    /// <summary>A copy that one emulator has for itself, because its behavior may change.</summary>
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
