namespace LinkedInExports.Core.Http.Limits;

/// <summary>What a request takes from LinkedIn's limits, each time it is sent.</summary>
/// <param name="Budget">The requests of the day that it is one of.</param>
/// <param name="Records">How many of the minute's records are in it.</param>
/// <param name="IsUrgent">Whether it may use what the budget keeps.</param>
internal sealed record RequestCost(DailyBudget Budget, int Records = 0, bool IsUrgent = false)
{
    /// <summary>Called right before the request leaves and right after its answer came, for what has to outlive the process.</summary>
    internal Action<bool>? Sent { get; init; }
}
