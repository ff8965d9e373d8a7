namespace LinkedInExports.Core.Resumes;

/// <summary>
/// The key of a resume at LinkedIn (tutorial "Sync Candidate Resumes"). The comparison of its parts is case-sensitive.
/// </summary>
/// <param name="IntegrationContext"><c>urn:li:organization:{id}</c>.</param>
/// <param name="CandidateId"><c>tcrmCandidateId</c>.</param>
/// <param name="ResumeId"><c>tcrmResumeId</c>.</param>
public readonly record struct ResumeKey(string IntegrationContext, string CandidateId, string ResumeId)
{
    /// <summary>The fourth part of all keys.</summary>
    internal const string DataProvider = "PARTNER";

    /// <inheritdoc/>
    public override string ToString() => $"candidate '{CandidateId}', resume '{ResumeId}'";

    /// <summary>Gets the reason why an id is invalid, or null.</summary>
    internal static string? Validate(string name, string? id) =>
        string.IsNullOrWhiteSpace(id) ? $"{name} is empty"
        : id!.Any(char.IsControl) ? $"{name} contains a control character"
        : HasLoneSurrogate(id!) ? $"{name} is not valid Unicode"
        : null;

    private static bool HasLoneSurrogate(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
                continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
                return true;
            index++;
        }

        return false;
    }
}
