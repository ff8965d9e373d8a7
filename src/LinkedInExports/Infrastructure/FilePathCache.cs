using System.Management.Automation;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// Resolves the literal paths of many files. Most files are in the folder of the previous one, and PowerShell needs longer to
/// resolve a path than the engine needs for the file.
/// </summary>
internal sealed class FilePathCache(PSCmdlet command)
{
    /// <summary>Characters that have a meaning in a path of PowerShell or Windows.</summary>
    private const string SpecialCharacters = ":~*?[]`\"<>|";

    private static readonly char[] Separators = ['/', '\\'];

    private string? _location;
    private string? _folder;
    private string _fullFolder = "";

    /// <summary>Resolves a path as <see cref="FilePaths.ResolveOrKeep"/> does.</summary>
    internal string ResolveOrKeep(string path)
    {
        int end = path.LastIndexOfAny(Separators) + 1;
        string name = path.Substring(end);
        if (end < 2 || !IsPlain(name))
            return FilePaths.ResolveOrKeep(command, path);

        // The meaning of a path depends on the current location, which other commands of the pipeline can change.
        string folder = path.Substring(0, end);
        string location = command.SessionState.Path.CurrentLocation.Path;
        if (folder != _folder || location != _location)
        {
            string full = FilePaths.ResolveOrKeep(command, path);
            if (!full.EndsWith(name, StringComparison.Ordinal) || !Path.IsPathRooted(full))
                return full;
            (_folder, _location, _fullFolder) = (folder, location, full.Substring(0, full.Length - name.Length));
            return full;
        }

        return _fullFolder + name;
    }

    /// <summary>Whether a name is that of a file in the folder before it, and has no special meaning.</summary>
    private static bool IsPlain(string name) =>
        name.Length > 0 && name[name.Length - 1] is not ('.' or ' ') && !name.Any(SpecialCharacters.Contains);
}
