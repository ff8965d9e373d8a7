namespace LinkedInExports.Completion;

/// <summary>Recruiter contracts that this session has used.</summary>
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
