namespace LinkedInExports.Completion;

/// <summary>Completes the contracts of this session by number, URN or name.</summary>
internal sealed class ContractCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        SessionHistory.Current.Contracts.Select(contract =>
        {
            string number = contract.Contract.Substring(contract.Contract.LastIndexOf(':') + 1);
            string listItemText = contract.Name.Length == 0 ? number : $"{number} {contract.Name}";
            return new CompletionCandidate(
                number,
                listItemText,
                contract.Name.Length == 0 ? contract.Contract : contract.ToString(),
                number,
                contract.Contract,
                contract.Name
            );
        });
}
