namespace LinkedInExports.Completers;

/// <summary>Integration contexts that this session has used.</summary>
internal sealed class IntegrationContextCompleter : SessionCompleter
{
    private protected override IEnumerable<Offered> Offer(string commandName) =>
        SeenInSession.Here.IntegrationContexts.Select(context => new Offered(Quoted(context), context, "An integration context of this session", context));
}
