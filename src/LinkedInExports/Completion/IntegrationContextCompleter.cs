namespace LinkedInExports.Completion;

/// <summary>Completes the integration contexts of this session.</summary>
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
