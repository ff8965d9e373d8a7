namespace LinkedInExports.Tooling;

/// <summary>Where the repository is that this program was built in.</summary>
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

        throw new InvalidOperationException($"No LinkedInExports.psd1 in {start} or above it.");
    }
}
