namespace LinkedInExports.Core.IO;

/// <summary>Checks the file that a command writes.</summary>
public static class OutputFile
{
    /// <summary>Throws if the file exists, for commands with <c>-NoClobber</c>.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileExists"/>.</exception>
    public static void EnsureNew(string path)
    {
        if (File.Exists(path))
        {
            throw new LinkedInException(LinkedInErrorId.FileExists, $"{path} already exists, and -NoClobber was specified.")
            {
                Target = path,
            };
        }
    }
}
