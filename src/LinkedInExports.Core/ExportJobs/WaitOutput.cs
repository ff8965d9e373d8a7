using System.Collections.Concurrent;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Receives the output of the polls of a wait.</summary>
/// <param name="Results">The completed jobs.</param>
/// <param name="SplitJobs">The jobs that replace a job whose file would be too large.</param>
/// <param name="Diagnostics">Receives errors and diagnostic messages.</param>
internal sealed record WaitOutput(
    ResultWriter<ExportJob> Results,
    ConcurrentQueue<ExportJob> SplitJobs,
    IDiagnostics Diagnostics
);
