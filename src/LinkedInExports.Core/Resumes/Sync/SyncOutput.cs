using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Receives what a sync or a removal produces.</summary>
/// <param name="Results">A result for each record.</param>
/// <param name="Diagnostics">Errors, diagnostic messages and progress.</param>
internal sealed record SyncOutput(ResultWriter<ResumeSyncResult> Results, IDiagnostics Diagnostics);
