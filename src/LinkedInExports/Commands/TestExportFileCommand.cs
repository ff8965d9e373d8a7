using System.Management.Automation;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Outputs for each saved file whether it is still what it was when it was saved: length, SHA-256, rows and columns, by the
/// manifest beside it. What is wrong with one that is not comes as an error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ExportFile", DefaultParameterSetName = PathSet, HelpUri = LinkedInDocs.ExportsSchema)]
[OutputType(typeof(bool))]
public sealed class TestExportFileCommand : LinkedInCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The files; wildcards are expanded, unless a file has exactly that name.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.TestExportFile.Path
    )]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, with every character taken as it is.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.TestExportFile.LiteralPath
    )]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<string> files =
            ParameterSetName == LiteralPathSet
                ? FilePaths.ResolveLiteral(this, LiteralPath, withMissing: true)
                : FilePaths.ResolveWildcards(this, Path, withMissing: true);

        foreach (string file in files)
        {
            // One that is not there has been reported.
            bool isComplete =
                File.Exists(file)
                && RunInBackground(
                    (diagnostics, cancellationToken) => ExportFileVerifier.RunAsync(file, diagnostics, cancellationToken)
                )
                    is null;
            WriteObject(isComplete);
        }
    }
}
