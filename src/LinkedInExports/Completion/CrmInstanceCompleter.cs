namespace LinkedInExports.Completion;

/// <summary>Completes the CRM instances of this session, and the beginning of others with the keys of known CRMs.</summary>
/// <remarks>LinkedIn's list of keys is not public, so other keys are allowed.</remarks>
internal sealed class CrmInstanceCompleter : SessionCompleter
{
    private const string Prefix = "urn:li:crmInstance:";

    private static readonly (string Key, string Product)[] Keys =
    [
        ("DYNAMICS", "Microsoft Dynamics 365"),
        ("SFDC", "Salesforce"),
    ];

    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        SessionHistory
            .Current.CrmInstances.Select(urn => new CompletionCandidate(
                Quoted(urn),
                urn,
                urn,
                urn,
                urn.Substring(Prefix.Length),
                urn.Substring(Prefix.Length + 1)
            ))
            .Concat(
                Keys.Select(crm => new CompletionCandidate(
                    // The quote is not closed, so that the user can add the id.
                    $"'{Prefix}({crm.Key},",
                    crm.Key,
                    $"{crm.Product}: add the id of your organization there, and close with )'",
                    crm.Key,
                    Prefix + "(" + crm.Key,
                    "(" + crm.Key
                ))
            );
}
