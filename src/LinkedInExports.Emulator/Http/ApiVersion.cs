using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Emulator.Http;

/// <summary>
/// The API version of a request, from its path and its <c>LinkedIn-Version</c> header.
/// </summary>
internal static class ApiVersion
{
    public const string Header = "LinkedIn-Version";

    /// <summary>The prefix of unversioned paths.</summary>
    public const string Unversioned = "/v2/";

    /// <summary>The prefix of versioned paths.</summary>
    public const string Versioned = "/rest/";

    /// <summary>Whether a path belongs to the API.</summary>
    public static bool AppliesTo(string path) => path.StartsWith(Unversioned, StringComparison.Ordinal) || IsVersioned(path);

    /// <summary>Gets the path under <c>/v2/</c>, because the operations are the same for both prefixes.</summary>
    public static string Normalize(string path) => IsVersioned(path) ? Unversioned + path[Versioned.Length..] : path;

    /// <summary>Gets the prefix of an API path.</summary>
    public static string GetPrefix(string path) => IsVersioned(path) ? Versioned : Unversioned;

    /// <summary>Returns an error, or <c>null</c>.</summary>
    public static EmulatorResponse? Check(EmulatorRequest request, EmulatorBehavior behavior)
    {
        bool isVersioned = IsVersioned(request.Path);
        if (!isVersioned && behavior.ApiVersion == ApiVersionRule.V2Sunset)
            return CreateNotActiveError("Requested version v2 is not active");
        if (!isVersioned && behavior.ApiVersion == ApiVersionRule.Rest)
            return null;

        string sent = request.Headers[Header].ToString();
        if (sent.Length == 0)
        {
            return LinkedInError.Create(
                400,
                null,
                "A version must be present. Please specify a version by adding the LinkedIn-Version header.",
                "VERSION_MISSING"
            );
        }

        return behavior.ActiveApiVersions.Contains(sent) ? null : CreateNotActiveError($"Requested version {sent} is not active");
    }

    private static bool IsVersioned(string path) => path.StartsWith(Versioned, StringComparison.Ordinal);

    private static EmulatorResponse CreateNotActiveError(string message) =>
        LinkedInError.Create(426, null, message, "NONEXISTENT_VERSION");
}
