using System.Globalization;
using System.Text;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Conformance;

/// <summary>The rules about several exchanges. Neither LinkedIn nor the emulator rejects their violations.</summary>
internal sealed class ObservedRules
{
    private static readonly TimeSpan MinPollInterval = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan DuplicatePeriod = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, DateTimeOffset> _polls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _creates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _blockedUntil = new(StringComparer.Ordinal);
    private readonly HashSet<string> _rejectedLinks = new(StringComparer.Ordinal);

    public IEnumerable<Rule> Create() =>
        [
            new(
                "poll-interval",
                $"Requests for a running job, which can take two hours, are {MinPollInterval.TotalSeconds:0} seconds apart.",
                LinkedInDocuments.AnalyticsDesign,
                JudgePoll
            ),
            new("rejected-link", "A link that was rejected is not used again.", LinkedInDocuments.ValidationJobs, JudgeLink),
            new(
                "create-once",
                "The same export is not created again within ten minutes.",
                LinkedInDocuments.AnalyticsDesign,
                JudgeCreate
            ),
            new(
                "back-off",
                "After a 429 response, a client waits for Retry-After, or at least a second.",
                LinkedInDocuments.RateLimits,
                JudgeBackOff
            ),
        ];

    private Verdict JudgePoll(ObservedExchange exchange)
    {
        bool isJob = exchange.Resource.EndsWith("ExportJobs", StringComparison.Ordinal);
        if (!isJob || exchange is not { Method: "GET", IsSuccess: true })
            return Verdict.NotApplicable;
        bool isFirst = !_polls.Remove(exchange.Request.Path, out DateTimeOffset previous);
        if (!Encoding.UTF8.GetString(exchange.Response.Body.ToArray()).Contains("\"COMPLETED\"", StringComparison.Ordinal))
            _polls[exchange.Request.Path] = exchange.At;
        TimeSpan interval = exchange.At - previous;
        return isFirst || interval >= MinPollInterval
            ? Verdict.Followed
            : Verdict.From(string.Create(CultureInfo.InvariantCulture, $"requested again after {interval.TotalSeconds:0.0} s"));
    }

    private Verdict JudgeLink(ObservedExchange exchange)
    {
        if (!StrictRules.IsFile(exchange))
            return Verdict.NotApplicable;
        bool wasRejected = _rejectedLinks.Contains(exchange.Request.Query);
        if (exchange.Status is 401 or 403)
            _rejectedLinks.Add(exchange.Request.Query);
        return Verdict.From(wasRejected ? "the link was rejected before" : null);
    }

    private Verdict JudgeCreate(ObservedExchange exchange)
    {
        if (exchange.Method != HttpMethods.Post || !exchange.Resource.EndsWith("ExportJobs", StringComparison.Ordinal))
            return Verdict.NotApplicable;
        if (!exchange.IsSuccess)
            return Verdict.NotApplicable;
        string key = exchange.Request.RawTarget + "\n" + Convert.ToHexString(exchange.Request.Body);
        bool isRepeated = _creates.TryGetValue(key, out DateTimeOffset previous) && exchange.At - previous < DuplicatePeriod;
        _creates[key] = exchange.At;
        return Verdict.From(isRepeated ? "the same export was created before" : null);
    }

    private Verdict JudgeBackOff(ObservedExchange exchange)
    {
        if (exchange.Resource.Length == 0)
            return Verdict.NotApplicable;
        bool wasThrottled = _blockedUntil.Remove(exchange.Resource, out DateTimeOffset blockedUntil);
        if (exchange.Status == 429)
            _blockedUntil[exchange.Resource] = exchange.At + GetDelay(exchange);
        return !wasThrottled ? Verdict.NotApplicable : Verdict.From(exchange.At < blockedUntil ? "sent again too early" : null);
    }

    private static TimeSpan GetDelay(ObservedExchange exchange)
    {
        string value = exchange.Response.Headers.Find(header => header.Key == RetryAfter.Header).Value ?? "";
        return int.TryParse(value, out int seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(value, out DateTimeOffset date) ? date - exchange.At
            : TimeSpan.FromSeconds(1);
    }
}
