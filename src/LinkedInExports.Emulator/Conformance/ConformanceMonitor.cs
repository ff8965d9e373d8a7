using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Emulator.Conformance;

/// <summary>Judges all exchanges of a client. Thread-safe.</summary>
internal sealed class ConformanceMonitor(TimeProvider clock)
{
    private const int ShownExchanges = 5;

    private readonly Lock _lock = new();
    private DownloadRules _downloads = new();
    private List<RuleState> _rules = CreateRules();
    private int _exchanges;

    /// <summary>Judges an exchange. Responses of faults are not judged, because the client did not cause them.</summary>
    public ObservedExchange Observe(EmulatorRequest request, EmulatorResponse response)
    {
        var exchange = new ObservedExchange(clock.GetUtcNow(), request, response);
        lock (_lock)
        {
            _exchanges++;
            _downloads.Observe(exchange);
            foreach (RuleState state in _rules)
                state.Add(exchange);
        }

        return exchange;
    }

    /// <summary>Records that the response was sent to its end.</summary>
    public void Complete(ObservedExchange exchange)
    {
        lock (_lock)
            _downloads.Complete(exchange);
    }

    public ConformanceReport CreateReport()
    {
        lock (_lock)
        {
            List<RuleResult> results = [.. _rules.Select(state => state.ToResult())];
            results.Add(CreateDownloadResult());
            return new ConformanceReport(_exchanges, results);
        }
    }

    public void Reset()
    {
        lock (_lock)
            (_downloads, _rules, _exchanges) = (new DownloadRules(), CreateRules(), 0);
    }

    private static List<RuleState> CreateRules() =>
        [.. StrictRules.Create().Concat(new ObservedRules().Create()).Select(rule => new RuleState(rule))];

    private RuleResult CreateDownloadResult()
    {
        List<(string Job, Verdict Verdict)> jobs = [.. _downloads.Judge()];
        return new RuleResult(
            "complete-download",
            "If one file of a job is downloaded, all files of the job are received to their last byte.",
            LinkedInDocuments.ValidationJobs,
            jobs.Count,
            jobs.Count(job => job.Verdict.Problem is not null),
            [
                .. jobs.Where(job => job.Verdict.Problem is not null)
                    .Take(ShownExchanges)
                    .Select(job => new RuleExchange($"GET {job.Job}", 200, job.Verdict.Problem!)),
            ]
        );
    }

    /// <summary>What is known about a rule.</summary>
    private sealed class RuleState(Rule rule)
    {
        private readonly List<RuleExchange> _violations = [];
        private RuleExchange? _followed;
        private int _applied;
        private int _violated;

        public void Add(ObservedExchange exchange)
        {
            Verdict verdict = rule.Judge(exchange);
            if (!verdict.Applies)
                return;
            _applied++;
            if (verdict.Problem is { } problem)
            {
                _violated++;
                if (_violations.Count < ShownExchanges)
                    _violations.Add(Describe(exchange, problem));
            }
            else
            {
                // A successful request is the better example.
                if (_followed is null || (_followed.Status >= 400 && exchange.IsSuccess))
                    _followed = Describe(exchange, "");
            }
        }

        public RuleResult ToResult() =>
            new(
                rule.Id,
                rule.Title,
                rule.Document,
                _applied,
                _violated,
                _violations.Count > 0 ? [.. _violations]
                    : _followed is { } followed ? [followed]
                    : []
            );

        private static RuleExchange Describe(ObservedExchange exchange, string problem) =>
            new(
                $"{exchange.Request.Method} {Uri.UnescapeDataString(Redactor.RedactText(exchange.Request.RawTarget, []))}",
                exchange.Status,
                problem
            );
    }
}
