using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>Checks the watermarks of a checkpoint after a run.</summary>
internal static class CheckpointChecks
{
    internal static CheckpointLease Open(RobustnessFixture run, LinkedInClient client, object owner) =>
        client.OpenCheckpoint(run.Folder.File("checkpoint.json"), owner);

    /// <summary>If a series has a watermark, all files of a job are on the disk and match their manifests.</summary>
    internal static void CheckWatermarks(RobustnessFixture run, LinkedInClient client, ExportType[] exportTypes)
    {
        ILookup<long, SavedExportFile> jobs = run.Recorder.Outputs.OfType<SavedExportFile>().ToLookup(file => file.JobId);
        foreach (ExportType exportType in exportTypes)
        {
            if (GetWatermark(run, client, exportType) is not { } watermark)
                continue;
            if (watermark > run.Time.GetUtcNow() + ExportPipelines.Day)
            {
                run.AddViolation(
                    $"the watermark of {exportType} is in the future: {watermark:u}, and it is {run.Time.GetUtcNow():u}"
                );
            }

            bool isProven = jobs.Any(files =>
                files.First().ExportType == exportType
                && files.Select(file => file.Part).Distinct().Count() == files.First().PartCount
                && files.All(file => IsVerified(file.Path))
            );
            if (!isProven && !run.ReportsNothingToExport)
            {
                run.AddViolation(
                    $"the watermark of {exportType} has moved to {watermark:u}, and no job has all its files on the disk"
                );
            }
        }
    }

    internal static void CheckProgress(RobustnessFixture run, LinkedInClient client, ExportType[] exportTypes)
    {
        foreach (ExportType exportType in exportTypes)
        {
            if (
                GetWatermark(run, client, exportType) is not { } watermark
                || watermark < run.Time.GetUtcNow() - (4 * ExportPipelines.Day)
            )
            {
                run.AddViolation(
                    $"after a day without an error and without a warning, the watermark of {exportType} is "
                        + $"{GetWatermark(run, client, exportType):u}"
                );
            }
        }
    }

    private static DateTimeOffset? GetWatermark(RobustnessFixture run, LinkedInClient client, ExportType exportType)
    {
        try
        {
            using CheckpointLease checkpoint = Open(run, client, new object());
            return checkpoint
                .GetSeries(exportType, exportType == ExportType.CrmValidation ? EmulatorFixture.Crm : ExportPipelines.Contract)
                .Watermark;
        }
        catch (LinkedInException unreadable)
        {
            run.AddViolation($"the checkpoint cannot be read: {unreadable.Message}");
            return null;
        }
    }

    private static bool IsVerified(string path)
    {
        try
        {
            ExportFileVerifier.RunAsync(path, new RecordingOutput(), CancellationToken.None).GetAwaiter().GetResult();
            return true;
        }
        catch (LinkedInException)
        {
            return false;
        }
    }
}
