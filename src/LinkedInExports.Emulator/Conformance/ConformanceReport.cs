namespace LinkedInExports.Emulator.Conformance;

/// <summary>The rules that a client has followed and violated.</summary>
/// <param name="Exchanges">The number of requests.</param>
/// <param name="Rules">The results of all rules.</param>
internal sealed record ConformanceReport(int Exchanges, IReadOnlyList<RuleResult> Rules)
{
    /// <summary>The number of rules that applied to a request.</summary>
    public int Applied => Rules.Count(rule => rule.Result != RuleOutcome.NotApplicable);

    public int Followed => Rules.Count(rule => rule.Result == RuleOutcome.Followed);

    /// <summary>The percentage of the applied rules that were never violated; <c>null</c> before the first request.</summary>
    public int? Score => Applied == 0 ? null : 100 * Followed / Applied;
}

/// <summary>The result of a rule.</summary>
/// <param name="Id">The name of the rule.</param>
/// <param name="Title">The rule.</param>
/// <param name="Document">The page of LinkedIn's documentation.</param>
/// <param name="Applied">The number of exchanges, or of jobs, to which the rule applied.</param>
/// <param name="Violated">The number of violations.</param>
/// <param name="Exchanges">The first violations, or an exchange that follows the rule.</param>
internal sealed record RuleResult(
    string Id,
    string Title,
    Uri Document,
    int Applied,
    int Violated,
    IReadOnlyList<RuleExchange> Exchanges
)
{
    public RuleOutcome Result =>
        Applied == 0 ? RuleOutcome.NotApplicable
        : Violated == 0 ? RuleOutcome.Followed
        : RuleOutcome.Violated;
}

/// <summary>An exchange in a report, without secrets.</summary>
/// <param name="Request">The method and the target.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Problem">The violation, or an empty string.</param>
internal sealed record RuleExchange(string Request, int Status, string Problem);

/// <summary>Specifies the result of a rule.</summary>
internal enum RuleOutcome
{
    /// <summary>No request was about the rule.</summary>
    NotApplicable,

    /// <summary>The rule was never violated.</summary>
    Followed,

    /// <summary>The rule was violated.</summary>
    Violated,
}
