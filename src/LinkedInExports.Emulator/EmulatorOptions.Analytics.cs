using LinkedInExports.Emulator.Analytics;
using LinkedInExports.Emulator.Contracts;

namespace LinkedInExports.Emulator;

/// <content>Options of Sales Navigator contracts and analytics jobs.</content>
public sealed partial class EmulatorOptions
{
    /// <summary>The Sales Navigator contracts of the member.</summary>
    public IReadOnlyList<EmulatedContract> Contracts { get; init; } = EmulatedContract.CreateSamples(3);

    /// <summary>How the list of contracts is divided into pages.</summary>
    public ContractPaging ContractPaging { get; init; } = ContractPaging.Links;

    /// <summary>Whether a page of contracts has the total number.</summary>
    public bool ContractTotal { get; init; }

    /// <summary>The maximum number of contracts on a page.</summary>
    public int MaxPageSize { get; init; } = 10;

    /// <summary>The id of the first analytics job. Later ids are consecutive.</summary>
    public long FirstAnalyticsJobId { get; init; } = 100004;

    /// <summary>The HTTP status of the actions that create analytics jobs.</summary>
    public int ActionStatusCode { get; init; } = 200;

    /// <summary>Whether these actions return the job without wrapping it in <c>value</c>.</summary>
    public bool BareActionAnswer { get; init; }

    /// <summary>The final status of an analytics job. Only <c>COMPLETED</c> has a link.</summary>
    public string AnalyticsStatus { get; init; } = AnalyticsJob.Completed;

    /// <summary>The longest range that does not end in <c>FAILED_DUE_TO_EXCEEDED_FILE_SIZE_ERROR</c>.</summary>
    public TimeSpan? OversizedBeyond { get; init; }

    /// <summary>Whether <c>expireAt</c> of an analytics job is in seconds instead of milliseconds.</summary>
    public bool ExpireAtInSeconds { get; init; }

    /// <summary>Whether an analytics job sends the array <c>downloadUrls</c> instead of the string.</summary>
    public bool AnalyticsDownloadUrlsArray { get; init; }

    /// <summary>The interval between the activities of a contract, in whole seconds.</summary>
    public TimeSpan ActivityInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether <c>memberIdentityKey</c> is quoted, with commas, quotes and line breaks in some rows.</summary>
    public bool QuotedActivities { get; init; }

    /// <summary>The number of activities for each outcome.</summary>
    public int OutcomeEvery { get; init; } = 3;

    /// <summary>
    /// The columns of an outcome file after <c>activityId</c> and <c>activityType</c>. ASSUMED: LinkedIn does not document them.
    /// <c>outcomeAt</c> contains times, other columns contain text.
    /// </summary>
    public string[] OutcomeColumns { get; init; } = ["outcomeAt"];

    /// <summary>
    /// The columns of a seat file. ASSUMED: LinkedIn does not document them. The default columns contain specific values, others
    /// contain text.
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
