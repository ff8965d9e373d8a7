namespace LinkedInExports.Completion;

/// <summary>Integration contexts that this session has used.</summary>
internal sealed class IntegrationContextCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        SessionHistory.Current.IntegrationContexts.Select(context => new CompletionCandidate(
            Quoted(context),
            context,
            "An integration context of this session",
            context
        ));
}
