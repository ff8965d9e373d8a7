namespace LinkedInExports.Completion;

/// <summary>CRM instances that this session has seen, and the beginnings of others: the keys of CRMs that are known.</summary>
/// <remarks>LinkedIn's list of keys is not public, so any key may be typed.</remarks>
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
                Keys.Select(known => new CompletionCandidate(
                    // The quote stays open for the id.
                    $"'{Prefix}({known.Key},",
                    known.Key,
                    $"{known.Product}: add the id of your organization there, and close with )'",
                    known.Key,
                    Prefix + "(" + known.Key,
                    "(" + known.Key
                ))
            );
}
