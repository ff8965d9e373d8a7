using System.Collections.Concurrent;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Receives what the polls of one wait produce.</summary>
/// <param name="Results">The completed jobs.</param>
/// <param name="SplitJobs">The jobs that replace a job whose file would be too large.</param>
/// <param name="Diagnostics">Errors and diagnostic messages.</param>
internal sealed record WaitOutput(
    ResultWriter<ExportJob> Results,
    ConcurrentQueue<ExportJob> SplitJobs,
    IDiagnostics Diagnostics
);
