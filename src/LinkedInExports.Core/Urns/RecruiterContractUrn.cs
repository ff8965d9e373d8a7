namespace LinkedInExports.Core.Urns;

/// <summary>The Recruiter contract that files are uploaded for, <c>urn:li:contract:{id}</c> (tutorial "Sync Candidate Resumes").</summary>
public static class RecruiterContractUrn
{
    private const string Prefix = "urn:li:contract:";

    /// <summary>The URN of what people have at hand: the number, the URN, or its percent-encoded form.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.InvalidContract"/>: it is none of these, or the URN of something else.
    /// </exception>
    public static string Parse(string text)
    {
        string urn = ContractUrn.Parse(text);
        return urn.StartsWith(Prefix, StringComparison.Ordinal)
            ? urn
            : throw new LinkedInException(
                LinkedInErrorId.InvalidContract,
                $"'{text}' is not a Recruiter contract. Give the contract's number, such as 123456, or its URN, such as {Prefix}123456.")
            { Target = text };
    }
}
