using System.Management.Automation;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Verifies saved files against their manifests: length, SHA-256, rows and columns. The reason why a file does not match is
/// an error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ExportFile", DefaultParameterSetName = FilePaths.PathSet, HelpUri = HelpLinks.TestExportFile)]
[OutputType(typeof(bool))]
public sealed class TestExportFileCommand : PathCommand
{
    protected override void ProcessRecord()
    {
        foreach (string file in ResolveFiles(includeMissing: true))
        {
            // A missing file was reported already.
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
