using System.Management.Automation;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Errors;

namespace LinkedInExports.Infrastructure;

/// <summary>Resolves the paths that users specify to full paths of the file system.</summary>
internal static class FilePaths
{
    /// <summary>The parameter set of paths, which can have wildcards.</summary>
    internal const string PathSet = "Path";

    /// <summary>The parameter set of literal paths.</summary>
    internal const string LiteralPathSet = "LiteralPath";

    private const string FileSystem = "FileSystem";

    /// <summary>Resolves the path of a folder that may exist.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidPath"/>.</exception>
    internal static string ResolveFolder(PSCmdlet command, string path)
    {
        string full = GetFullPath(command, path);
        return System.IO.File.Exists(full) ? throw CreateInvalidError(path, "is a file, not a folder") : full;
    }

    /// <summary>Resolves the path of a file that may exist.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidPath"/>.</exception>
    internal static string ResolveFile(PSCmdlet command, string path)
    {
        string full = GetFullPath(command, path);
        return Directory.Exists(full) ? throw CreateInvalidError(path, "is a folder, not a file") : full;
    }

    /// <summary>Resolves a literal path, or returns it unchanged if it is not a path of the file system.</summary>
    internal static string ResolveOrKeep(PSCmdlet command, string path)
    {
        try
        {
            return GetFullPath(command, path);
        }
        catch (Exception exception) when (exception is not (PipelineStoppedException or OperationCanceledException))
        {
            return path; // Opening it reports the error together with its record.
        }
    }

    /// <summary>
    /// Resolves the paths of the current parameter set, for a folder to its export files.
    /// </summary>
    /// <param name="command">The command that has the paths.</param>
    /// <param name="paths">The paths, which can have wildcards.</param>
    /// <param name="literalPaths">The paths of the parameter set <see cref="LiteralPathSet"/>.</param>
    /// <param name="report">Receives the error of each path without a file, and can end the command.</param>
    /// <param name="includeMissing">Whether to return the paths of missing files as well.</param>
    internal static IEnumerable<string> Resolve(
        PSCmdlet command,
        string[] paths,
        string[] literalPaths,
        Action<LinkedInException> report,
        bool includeMissing = false
    ) =>
        command.ParameterSetName == LiteralPathSet
            ? ResolveLiteral(command, literalPaths, report, includeMissing)
            : ResolveWildcards(command, paths, report, includeMissing);

    /// <summary>
    /// Resolves literal paths. The output of Get-ChildItem is not a choice of files, so only its export files are returned.
    /// </summary>
    internal static IEnumerable<string> ResolveLiteral(
        PSCmdlet command,
        string[] paths,
        Action<LinkedInException> report,
        bool includeMissing = false
    ) =>
        ResolveEach(
            paths,
            report,
            includeMissing,
            path =>
            {
                string full = GetFullPath(command, path);
                return command.MyInvocation.ExpectingInput ? ExpandMatch(command, full) : ExpandFolder(full, path);
            }
        );

    /// <summary>Resolves paths with wildcards.</summary>
    internal static IEnumerable<string> ResolveWildcards(
        PSCmdlet command,
        string[] paths,
        Action<LinkedInException> report,
        bool includeMissing = false
    ) =>
        ResolveEach(
            paths,
            report,
            includeMissing,
            path =>
            {
                // If the file exists, a name with brackets is more likely a name than a pattern.
                if (!WildcardPattern.ContainsWildcardCharacters(path) || System.IO.File.Exists(GetFullPath(command, path)))
                    return ExpandFolder(GetFullPath(command, path), path);

                IEnumerable<string> matches = command.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
                if (provider.Name != FileSystem)
                    throw CreateInvalidError(path, "is not in the file system");
                string[] files = [.. matches.SelectMany(match => ExpandMatch(command, match))];
                return files.Length == 0 ? throw CreateInvalidError(path, "matches no export file") : files;
            }
        );

    /// <summary>Gets the export files of a folder, or a file unchanged, because it was specified by its name.</summary>
    private static IReadOnlyList<string> ExpandFolder(string full, string path)
    {
        if (!Directory.Exists(full))
            return [full];
        IReadOnlyList<string> files = ExportFolder.GetFiles(full);
        return files.Count == 0 ? throw CreateInvalidError(path, "is a folder without export files") : files;
    }

    /// <summary>Gets the export files of a folder, or a file if it is an export file.</summary>
    private static IReadOnlyList<string> ExpandMatch(PSCmdlet command, string match)
    {
        if (Directory.Exists(match))
            return ExportFolder.GetFiles(match);
        if (!System.IO.File.Exists(match) || ExportFolder.IsExportFile(match))
            return [match];
        command.WriteVerbose($"{match} isn't an export file; skipping.");
        return [];
    }

    private static IEnumerable<string> ResolveEach(
        string[] paths,
        Action<LinkedInException> report,
        bool includeMissing,
        Func<string, IReadOnlyList<string>> resolve
    )
    {
        foreach (string path in paths)
        {
            IReadOnlyList<string> files = [];
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
                    report(CreateInvalidError(file, "does not exist"));

                if (exists || includeMissing)
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

    private static LinkedInException CreateInvalidError(string path, string reason) =>
        new(LinkedInErrorId.InvalidPath, $"'{path}' {reason}.") { Target = path };
}
