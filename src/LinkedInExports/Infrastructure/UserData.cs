namespace LinkedInExports.Infrastructure;

/// <summary>The folder of files that the processes of a user share: the usage of quotas and the job history.</summary>
internal static class UserData
{
    private const string Variable = "LINKEDINEXPORTS_DATA";
    private const string Off = "off";

    /// <summary>
    /// Gets the folder, which may not exist; null if the variable is "off", or if the user has no folder for data.
    /// </summary>
    internal static string? Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable)?.Trim() is { Length: > 0 } value)
                return value.Equals(Off, StringComparison.OrdinalIgnoreCase) ? null : Path.GetFullPath(value);
            string parent = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify
            );
            return parent.Length > 0 ? Path.Combine(parent, "LinkedInExports") : null;
        }
    }
}
