namespace LinkedInExports.Completion;

/// <summary>Contracts that this session has seen, by number, URN or name.</summary>
internal sealed class ContractCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        SessionHistory.Current.Contracts.Select(contract =>
        {
            string number = contract.Contract.Substring(contract.Contract.LastIndexOf(':') + 1);
            string shown = contract.Name.Length == 0 ? number : $"{number} {contract.Name}";
            return new CompletionCandidate(
                number,
                shown,
                contract.Name.Length == 0 ? contract.Contract : contract.ToString(),
                number,
                contract.Contract,
                contract.Name
            );
        });
}
