using LinkedInExports.Core.ExportJobs;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>The dependencies of incremental exports.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Jobs">The client that gets the status of jobs.</param>
/// <param name="Time">The clock.</param>
internal sealed record IncrementalExportContext(CheckpointLease Checkpoint, ExportJobClient Jobs, TimeProvider Time);
