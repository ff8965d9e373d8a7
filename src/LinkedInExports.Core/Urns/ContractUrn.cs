namespace LinkedInExports.Core.Urns;

/// <summary>A Sales Navigator contract, <c>urn:li:contract:{id}</c>.</summary>
public readonly record struct ContractUrn
{
    // LinkedIn's documentation shows "contract" only, other publications also "salesContract". Each contract that LinkedIn
    // lists has to be accepted; an organization, a seat or a member is a mistake.
    private static readonly UrnParser Parser = new(
        "urn:li:(?:[A-Za-z]*C|c)ontract:[0-9]+",
        "[0-9]+",
        "urn:li:contract:$&",
        LinkedInErrorId.InvalidContract,
        "is not a contract. Specify its number, such as 7001, or its URN, such as urn:li:contract:7001."
    );

    private readonly string? _text;

    private ContractUrn(string text) => _text = text;

    /// <summary>Parses a number, a URN or a percent-encoded URN.</summary>
    /// <exception cref="LinkedInException">The text is invalid (<see cref="LinkedInErrorId.InvalidContract"/>).</exception>
    public static ContractUrn Parse(string text) => new(Parser.Parse(text));

    /// <summary>The URN, not encoded.</summary>
    public override string ToString() => _text ?? "";
}
