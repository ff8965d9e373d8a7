namespace LinkedInExports.Core.Http.Limits;

/// <summary>What a connection may take from LinkedIn, shared by all its work.</summary>
/// <param name="Records">The records of a minute.</param>
/// <param name="Requests">The requests of a day.</param>
/// <param name="Clock">LinkedIn's clock, which says what a day is.</param>
internal sealed record RequestLimits(RecordPacer Records, DailyBudget Requests, ServerClock Clock)
{
    internal static RequestLimits Create(int recordsPerMinute, int requestsPerDay, TimeProvider time)
    {
        var clock = new ServerClock(time);
        return new RequestLimits(new RecordPacer(recordsPerMinute, time), new DailyBudget(requestsPerDay, clock, time), clock);
    }
}
