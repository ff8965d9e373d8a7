using System.Text.RegularExpressions;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>The key of a resume. Missing parts are <c>null</c>.</summary>
internal readonly partial record struct EmulatedResumeKey(
    string? CandidateId,
    string? ResumeId,
    string? IntegrationContext,
    string? DataProvider
)
{
    public const string Partner = "PARTNER";

    /// <summary>The names of the parts in LinkedIn's order.</summary>
    public static readonly string[] PartNames = ["dataProvider", "integrationContext", "tcrmCandidateId", "tcrmResumeId"];

    /// <summary>The values in the order of <see cref="PartNames"/>.</summary>
    public string?[] Values => [DataProvider, IntegrationContext, CandidateId, ResumeId];

    /// <summary>The error of an invalid key, or <c>null</c>.</summary>
    public string? Problem
    {
        get
        {
            int missing = Array.FindIndex(Values, string.IsNullOrEmpty);
            if (missing >= 0)
                return $"{PartNames[missing]} is required";
            if (DataProvider != Partner)
                return $"dataProvider '{DataProvider}' is not {Partner}";
            return OrganizationUrn().IsMatch(IntegrationContext!)
                ? null
                : $"integrationContext '{IntegrationContext}' is not of the form urn:li:organization:{{id}}";
        }
    }

    /// <summary>Creates a key from named parts.</summary>
    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? Build(IEnumerable<KeyValuePair<string, string>> parts, out EmulatedResumeKey key)
    {
        key = default;
        var values = new string?[PartNames.Length];
        foreach ((string name, string value) in parts)
        {
            int index = Array.IndexOf(PartNames, name);
            if (index < 0)
                return $"'{name}' is not a part of the key";
            if (values[index] is not null)
                return $"'{name}' is given more than once";
            values[index] = value;
        }

        key = new(values[2], values[3], values[1], values[0]);
        return null;
    }

    [GeneratedRegex(@"\Aurn:li:organization:[1-9][0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex OrganizationUrn();
}
