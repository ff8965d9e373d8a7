namespace LinkedInExports.Core.Telemetry;

/// <summary>
/// Finds the template of an address for the name of a span. Other endpoints, whose paths may contain ids of members, have none.
/// </summary>
internal static class UrlTemplate
{
    private static readonly string[] Resources =
    [
        "crmDataValidationExportJobs",
        "hireMediaUrl",
        "salesAnalyticsExportJobs",
        "salesContracts",
        "tcrmCandidateResumes",
    ];

    /// <summary>Gets the template of an address of the API, or null.</summary>
    internal static string? Find(Uri api, Uri address)
    {
        string path = address.AbsolutePath;
        if (!path.StartsWith(api.AbsolutePath, StringComparison.Ordinal))
            return null;
        string[] segments = path.Substring(api.AbsolutePath.Length).Split('/');
        if (!Resources.Contains(segments[0]))
            return null;
        return segments.Length == 1 ? api.AbsolutePath + segments[0] : $"{api.AbsolutePath}{segments[0]}/{{id}}";
    }
}
