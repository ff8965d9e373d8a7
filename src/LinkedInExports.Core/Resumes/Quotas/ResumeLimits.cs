namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>What a connection may take from LinkedIn, shared by all its work.</summary>
/// <param name="Records">The records of a minute.</param>
/// <param name="Requests">The requests of a day.</param>
/// <param name="Clock">LinkedIn's clock, which says what a day is.</param>
internal sealed record ResumeLimits(RecordRateLimiter Records, DailyRequestQuota Requests, ServerClock Clock)
{
    internal static ResumeLimits Create(int recordsPerMinute, int requestsPerDay, TimeProvider time)
    {
        var clock = new ServerClock(time);
        return new ResumeLimits(new RecordRateLimiter(recordsPerMinute, time), new DailyRequestQuota(requestsPerDay, clock, time), clock);
    }
}
