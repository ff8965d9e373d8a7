using System.Management.Automation;
using LinkedInExports.Errors;

namespace LinkedInExports.Infrastructure;

/// <summary>Turns what users write for files into full paths of the file system.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>Files that Save-ExportFile keeps beside the data, which a wildcard does not mean.</summary>
    private static readonly string[] ExcludedSuffixes = [".manifest.json", ".partial"];

    /// <summary>A folder, there or not.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidPath"/>.</exception>
    internal static string ResolveFolder(PSCmdlet command, string path)
    {
        string full = GetFullPath(command, path);
        return System.IO.File.Exists(full) ? throw CreateInvalidError(path, "is a file, not a folder") : full;
    }

    /// <summary>A file, there or not.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidPath"/>.</exception>
    internal static string ResolveFile(PSCmdlet command, string path)
    {
        string full = GetFullPath(command, path);
        return Directory.Exists(full) ? throw CreateInvalidError(path, "is a folder, not a file") : full;
    }

    /// <summary>
    /// A file whose name is meant as it stands, there or not; what is no path of the file system stays as it is.
    /// </summary>
    internal static string ResolveOrKeep(PSCmdlet command, string path)
    {
        try
        {
            return GetFullPath(command, path);
        }
        catch (LinkedInException)
        {
            return path; // Opening it says what is wrong, with the record that it belongs to.
        }
    }

    /// <summary>Files whose names are meant as they stand. What is not one is reported and passed over.</summary>
    /// <param name="command">Reports.</param>
    /// <param name="paths">As the user wrote them.</param>
    /// <param name="withMissing">Whether those that are reported are returned all the same.</param>
    internal static IEnumerable<string> ResolveLiteral(PSCmdlet command, string[] paths, bool withMissing = false) =>
        ResolveEach(paths, withMissing, path => [GetFullPath(command, path)], CreateErrorHandler(command));

    /// <summary>Files by name or wildcard. What matches none is reported and passed over.</summary>
    /// <param name="command">Reports.</param>
    /// <param name="paths">As the user wrote them.</param>
    /// <param name="withMissing">Whether those that are reported, and are names, are returned all the same.</param>
    internal static IEnumerable<string> ResolveWildcards(PSCmdlet command, string[] paths, bool withMissing = false) =>
        ResolveWildcards(command, paths, withMissing, CreateErrorHandler(command));

    /// <summary>Files by name or wildcard, of which none may be missing.</summary>
    /// <param name="command">Knows the paths.</param>
    /// <param name="paths">As the user wrote them.</param>
    /// <param name="terminate">Ends the command with what is wrong.</param>
    internal static IEnumerable<string> ResolveAll(PSCmdlet command, string[] paths, Action<LinkedInException> terminate) =>
        ResolveWildcards(command, paths, withMissing: false, terminate);

    private static IEnumerable<string> ResolveWildcards(
        PSCmdlet command,
        string[] paths,
        bool withMissing,
        Action<LinkedInException> report
    ) =>
        ResolveEach(
            paths,
            withMissing,
            path =>
            {
                // A name with brackets in it is more likely a name than a pattern, when there is such a file.
                if (!WildcardPattern.ContainsWildcardCharacters(path) || System.IO.File.Exists(GetFullPath(command, path)))
                    return [GetFullPath(command, path)];

                string[] matches =
                [
                    .. command
                        .GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider)
                        .Where(file =>
                            !ExcludedSuffixes.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                        ),
                ];
                return provider.Name != FileSystem ? throw CreateInvalidError(path, "is not in the file system")
                    : matches.Length == 0 ? throw CreateInvalidError(path, "matches no file")
                    : matches;
            },
            report
        );

    private static Action<LinkedInException> CreateErrorHandler(PSCmdlet command) =>
        failure => command.WriteError(failure.ToRecord());

    private static IEnumerable<string> ResolveEach(
        string[] paths,
        bool withMissing,
        Func<string, string[]> resolve,
        Action<LinkedInException> report
    )
    {
        foreach (string path in paths)
        {
            string[] files = [];
            try
            {
                files = resolve(path);
            }
            catch (LinkedInException failure)
            {
                report(failure);
            }
            catch (Exception exception)
                when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException)
            {
                report(CreateInvalidError(path, "matches no file"));
            }
            catch (Exception exception) when (exception is not (PipelineStoppedException or OperationCanceledException))
            {
                report(LinkedInException.FromUnexpected($"resolve the path {path}", exception));
            }

            foreach (string file in files)
            {
                bool exists = System.IO.File.Exists(file);
                if (!exists)
                {
                    report(
                        CreateInvalidError(
                            file,
                            Directory.Exists(file) ? "is a folder; to read its files, add /*.csv" : "does not exist"
                        )
                    );
                }

                if (exists || withMissing)
                    yield return file;
            }
        }
    }

    private static string GetFullPath(PSCmdlet command, string path)
    {
        try
        {
            string full = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name != FileSystem ? throw CreateInvalidError(path, "is not in the file system")
                : !System.IO.Path.IsPathRooted(full)
                    ? throw CreateInvalidError(path, "is a path of another operating system, such as a UNC path outside Windows")
                : full;
        }
        catch (Exception exception)
            when (exception is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            throw CreateInvalidError(path, "is not in the file system");
        }
    }

    private static LinkedInException CreateInvalidError(string path, string why) =>
        new(LinkedInErrorId.InvalidPath, $"'{path}' {why}.") { Target = path };
}
