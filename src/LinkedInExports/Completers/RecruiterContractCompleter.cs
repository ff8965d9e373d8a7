namespace LinkedInExports.Completers;

/// <summary>Recruiter contracts that this session has used.</summary>
internal sealed class RecruiterContractCompleter : SessionCompleter
{
    private protected override IEnumerable<Offered> Offer(string commandName) =>
        SeenInSession.Here.RecruiterContracts.Select(contract => new Offered(Quoted(contract), contract, "A Recruiter contract of this session", contract));
}
