namespace LinkedInExports.Completion;

/// <summary>Completes the Recruiter contracts of this session.</summary>
internal sealed class RecruiterContractCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        SessionHistory.Current.RecruiterContracts.Select(contract => new CompletionCandidate(
            Quoted(contract),
            contract,
            "A Recruiter contract of this session",
            contract
        ));
}
