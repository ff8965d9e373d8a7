using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Downloads;

/// <summary>Receives what one run of a saver produces.</summary>
/// <param name="Results">The saved files.</param>
/// <param name="Diagnostics">Errors, diagnostic messages and progress.</param>
internal sealed record SaveOutput(ResultWriter<SavedExportFile> Results, IDiagnostics Diagnostics);
