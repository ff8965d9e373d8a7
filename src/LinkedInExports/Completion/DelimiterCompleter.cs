namespace LinkedInExports.Completion;

/// <summary>Completes common delimiters, in quotes where PowerShell requires them.</summary>
internal sealed class DelimiterCompleter : SessionCompleter
{
    private static readonly (string Text, string Name, string Typed)[] Common =
    [
        ("','", "comma", ","),
        ("';'", "semicolon", ";"),
        ("\"`t\"", "tab", "`t"),
        ("'|'", "pipe", "|"),
    ];

    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        Common.Select(delimiter => new CompletionCandidate(
            delimiter.Text,
            delimiter.Name,
            $"The delimiter is a {delimiter.Name}",
            delimiter.Typed,
            delimiter.Name
        ));
}
