namespace LinkedInExports.Completion;

/// <summary>Completes examples of periods with a unit.</summary>
internal sealed class RetentionCompleter : SessionCompleter
{
    private static readonly string[] Periods = ["72 hours", "30 days", "4 weeks", "6 months", "1 year"];

    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        Periods.Select(period => new CompletionCandidate(
            Quoted(period),
            period,
            "A number and a unit: milliseconds, seconds, minutes, hours, days, weeks, months or years",
            period
        ));
}
