using System.Management.Automation;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Outputs for each saved file whether it is still what it was when it was saved: length, SHA-256, rows and columns, by the
/// manifest beside it. What is wrong with one that is not comes as an error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ExportFile", DefaultParameterSetName = FilePaths.PathSet, HelpUri = LinkedInDocs.ExportsSchema)]
[OutputType(typeof(bool))]
public sealed class TestExportFileCommand : PathCommand
{
    protected override void ProcessRecord()
    {
        foreach (string file in ResolveFiles(includeMissing: true))
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
