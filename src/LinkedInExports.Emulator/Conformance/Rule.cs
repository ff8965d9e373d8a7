namespace LinkedInExports.Emulator.Conformance;

/// <summary>A rule for clients of LinkedIn.</summary>
/// <param name="Id">The name in the JSON report.</param>
/// <param name="Title">The rule as a sentence.</param>
/// <param name="Document">The page of LinkedIn's documentation.</param>
/// <param name="Judge">Decides about an exchange. Called for one exchange at a time, in the order of the responses.</param>
internal sealed record Rule(string Id, string Title, Uri Document, Func<ObservedExchange, Verdict> Judge);
