using System.ComponentModel;
using System.Management.Automation;

namespace LinkedInExports.Infrastructure;

/// <summary>A command that reads the files of a path, which can have wildcards, or of a literal path.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PathCommand : LinkedInCommand
{
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = FilePaths.PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.Shared.Path
    )]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    [Parameter(
        Mandatory = true,
        ParameterSetName = FilePaths.LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.Shared.LiteralPath
    )]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets the files of the current pipeline object. A path without a file is reported as an error.</summary>
    /// <param name="includeMissing">Whether to return the paths of missing files as well.</param>
    private protected IEnumerable<string> ResolveFiles(bool includeMissing = false) =>
        FilePaths.Resolve(this, Path, LiteralPath, Output.Error, includeMissing);

    /// <summary>Gets the files of the current pipeline object. A path without a file ends the command.</summary>
    private protected IEnumerable<string> ResolveFilesOrThrow() => FilePaths.Resolve(this, Path, LiteralPath, ThrowTerminating);
}
