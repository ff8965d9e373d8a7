namespace LinkedInExports.Core.Urns;

/// <summary>
/// A CRM instance, <c>urn:li:crmInstance:(KEY,id)</c>. Every key is accepted: LinkedIn's own list is not public.
/// </summary>
public readonly record struct CrmInstanceUrn
{
    private static readonly UrnParser Parser = new(
        @"urn:li:crmInstance:\([^\s(),:%]+,[^\s(),:%]+\)",
        @"(?<open>\()?(?<key>[^\s(),:%]+),[ ]*(?<id>[^\s(),:%]+)(?(open)\))",
        "urn:li:crmInstance:(${key},${id})",
        LinkedInErrorId.InvalidCrmInstanceId,
        "is not a CRM instance. Specify urn:li:crmInstance:(KEY,id) or KEY,id in quotes, such as "
            + "'DYNAMICS,0b7c1f52-1111-4222-8333-944455556666'."
    );

    private readonly string? _text;

    private CrmInstanceUrn(string text) => _text = text;

    /// <summary>Parses a URN, a percent-encoded URN, or the text between its parentheses.</summary>
    /// <exception cref="LinkedInException">The text is invalid (<see cref="LinkedInErrorId.InvalidCrmInstanceId"/>).</exception>
    public static CrmInstanceUrn Parse(string text) => new(Parser.Parse(text));

    /// <summary>The URN, not encoded.</summary>
    public override string ToString() => _text ?? "";
}
