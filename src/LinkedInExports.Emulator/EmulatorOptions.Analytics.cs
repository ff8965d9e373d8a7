using LinkedInExports.Emulator.Analytics;
using LinkedInExports.Emulator.Contracts;

namespace LinkedInExports.Emulator;

/// <content>Contracts and analytics jobs of Sales Navigator.</content>
public sealed partial class EmulatorOptions
{
    /// <summary>The Sales Navigator contracts of the member.</summary>
    public IReadOnlyList<EmulatedContract> Contracts { get; init; } = EmulatedContract.CreateSamples(3);

    /// <summary>How the list of contracts is cut into pages.</summary>
    public ContractPaging ContractPaging { get; init; } = ContractPaging.Links;

    /// <summary>Whether a page of contracts states how many there are.</summary>
    public bool ContractTotal { get; init; }

    /// <summary>Greatest number of contracts on a page, whatever <c>count</c> asks for.</summary>
    public int MaxPageSize { get; init; } = 10;

    /// <summary>The id of the first analytics job, a sequence of its own; each further one is greater by 1.</summary>
    public long FirstAnalyticsJobId { get; init; } = 100004;

    /// <summary>The HTTP status of the actions that create analytics jobs.</summary>
    public int ActionStatusCode { get; init; } = 200;

    /// <summary>Whether those actions answer with the job itself instead of wrapping it in <c>value</c>.</summary>
    public bool BareActionAnswer { get; init; }

    /// <summary>The status an analytics job ends in. Only <c>COMPLETED</c> comes with a link.</summary>
    public string AnalyticsStatus { get; init; } = AnalyticsJob.Completed;

    /// <summary>If set, a longer range ends in <c>FAILED_DUE_TO_EXCEEDED_FILE_SIZE_ERROR</c>.</summary>
    public TimeSpan? OversizedBeyond { get; init; }

    /// <summary>Whether <c>expireAt</c> of an analytics job is in seconds instead of milliseconds.</summary>
    public bool ExpireAtInSeconds { get; init; }

    /// <summary>Whether an analytics job sends the array <c>downloadUrls</c> instead of the string.</summary>
    public bool AnalyticsDownloadUrlsArray { get; init; }

    /// <summary>A contract has one activity per interval, from the start of 2000 (UTC) on; whole seconds.</summary>
    public TimeSpan ActivityInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether <c>memberIdentityKey</c> is quoted, in some rows with commas, quotes and line breaks in it.</summary>
    public bool QuotedActivities { get; init; }

    /// <summary>One of so many activities has an outcome.</summary>
    public int OutcomeEvery { get; init; } = 3;

    /// <summary>
    /// The columns of an outcome file after <c>activityId</c> and <c>activityType</c>. ASSUMED: LinkedIn's names are not
    /// known. <c>outcomeAt</c> gets times, any other name text.
    /// </summary>
    public string[] OutcomeColumns { get; init; } = ["outcomeAt"];

    /// <summary>
    /// The columns of a seat file. ASSUMED: LinkedIn's names are not known. The defaults get fitting values, any other
    /// name text.
    /// </summary>
    public string[] SeatColumns { get; init; } = [.. SeatFile.KnownColumns];

    private void ValidateAnalytics()
    {
        EmulatedContract.Validate(Contracts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPageSize);
        ArgumentOutOfRangeException.ThrowIfNegative(FirstAnalyticsJobId);
        ArgumentOutOfRangeException.ThrowIfLessThan(ActionStatusCode, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ActionStatusCode, 299);
        ArgumentOutOfRangeException.ThrowIfLessThan(ActivityInterval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ActivityInterval, TimeSpan.FromDays(365));
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            ActivityInterval.Ticks % TimeSpan.TicksPerSecond,
            0,
            nameof(ActivityInterval)
        );
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(OutcomeEvery);
        ArgumentException.ThrowIfNullOrEmpty(AnalyticsStatus);
        ArgumentNullException.ThrowIfNull(OutcomeColumns);
        ArgumentNullException.ThrowIfNull(SeatColumns);
    }
}
