namespace LinkedInExports.Core.Urns;

/// <summary>
/// The Recruiter contract that files are uploaded for, <c>urn:li:contract:{id}</c> (tutorial "Sync Candidate Resumes").
/// </summary>
public readonly record struct RecruiterContractUrn
{
    private static readonly UrnParser Parser = new(
        "urn:li:contract:[0-9]+",
        "[0-9]+",
        "urn:li:contract:$&",
        LinkedInErrorId.InvalidContract,
        "is not a Recruiter contract. Specify its number, such as 123456, or its URN, such as urn:li:contract:123456."
    );

    private readonly string? _text;

    private RecruiterContractUrn(string text) => _text = text;

    /// <summary>Parses a number, a URN or a percent-encoded URN.</summary>
    /// <exception cref="LinkedInException">The text is invalid (<see cref="LinkedInErrorId.InvalidContract"/>).</exception>
    public static RecruiterContractUrn Parse(string text) => new(Parser.Parse(text));

    /// <summary>The URN, not encoded.</summary>
    public override string ToString() => _text ?? "";
}
