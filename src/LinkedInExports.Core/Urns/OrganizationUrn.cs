namespace LinkedInExports.Core.Urns;

/// <summary>The company that LinkedIn named at onboarding, the integration context: <c>urn:li:organization:{id}</c>.</summary>
public readonly record struct OrganizationUrn
{
    private static readonly UrnParser Parser = new(
        "urn:li:(?:organization|company):[0-9]+",
        "[0-9]+",
        "urn:li:organization:$&",
        LinkedInErrorId.InvalidIntegrationContext,
        "is not an integration context. Specify the number of the organization, such as 1234567890, or its URN, such as "
            + "urn:li:organization:1234567890."
    );

    private readonly string? _text;

    private OrganizationUrn(string text) => _text = text;

    /// <summary>Parses a number, a URN or a percent-encoded URN.</summary>
    /// <exception cref="LinkedInException">
    /// The text is invalid (<see cref="LinkedInErrorId.InvalidIntegrationContext"/>).
    /// </exception>
    public static OrganizationUrn Parse(string text) => new(Parser.Parse(text));

    /// <summary>The URN, not encoded.</summary>
    public override string ToString() => _text ?? "";
}
