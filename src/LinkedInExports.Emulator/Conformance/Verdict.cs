namespace LinkedInExports.Emulator.Conformance;

/// <summary>Whether an exchange follows a rule.</summary>
/// <param name="Applies">Whether the rule is about the exchange.</param>
/// <param name="Problem">The violation, or <c>null</c>.</param>
internal readonly record struct Verdict(bool Applies, string? Problem)
{
    public static Verdict NotApplicable => default;

    public static Verdict Followed => new(true, null);

    /// <summary>Creates the verdict of a rule that the exchange follows unless there is a problem.</summary>
    public static Verdict From(string? problem) => new(true, problem);
}
