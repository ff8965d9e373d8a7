namespace LinkedInExports.Tooling;

/// <summary>Locates the repository that contains the running program.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find(AppContext.BaseDirectory);

    internal static string Manifest => Path.Combine(Root, "LinkedInExports.psd1");

    private static string Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LinkedInExports.psd1")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"LinkedInExports.psd1 does not exist in {start} or its parent folders.");
    }
}
