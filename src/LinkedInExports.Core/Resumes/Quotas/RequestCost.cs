namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>What a request takes from LinkedIn's limits, each time it is sent.</summary>
/// <param name="Budget">The requests of the day that it is one of.</param>
/// <param name="Records">How many of the minute's records are in it.</param>
/// <param name="Reservation">What the budget promised it, if it did.</param>
internal sealed record RequestCost(DailyRequestQuota Budget, int Records = 0, DailyRequestQuota.Reservation? Reservation = null)
{
    /// <summary>Called right before the request leaves and right after its answer came, for what has to outlive the process.</summary>
    internal Action<bool>? Sent { get; init; }
}
