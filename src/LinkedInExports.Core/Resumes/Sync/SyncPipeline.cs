using System.Threading.Channels;
using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Runs the stages of a sync concurrently. If one fails, the others are canceled.</summary>
internal static class SyncPipeline
{
    internal static async Task RunAsync(
        InspectionStage inspection,
        UploadStage uploads,
        BatchStage batches,
        CancellationToken cancellationToken
    )
    {
        Channel<StoredResume> changed = Channel.CreateBounded<StoredResume>(2 * ResumeBatchClient.MaxRecords);

        // Bounded, because a record in the channel is a file at LinkedIn that belongs to no candidate yet.
        Channel<PreparedRecord> records = Channel.CreateBounded<PreparedRecord>(2 * ResumeBatchClient.MaxRecords);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task inspecting = RunStageAsync(
            () => inspection.RunAsync(changed.Writer, failed.Token),
            () => changed.Writer.TryComplete()
        );
        Task uploading = RunStageAsync(
            () => uploads.RunAsync(changed.Reader, records.Writer, failed.Token),
            () => records.Writer.TryComplete()
        );
        Task sending = RunStageAsync(() => batches.RunAsync(records.Reader, failed.Token), () => { });

        // Throws the exception of the stage that failed, not the cancellations of the others.
        await Task.WhenAll(inspecting, uploading, sending).ConfigureAwait(false);

        async Task RunStageAsync(Func<Task> stage, Action complete)
        {
            try
            {
                await Task.Run(stage, CancellationToken.None).ConfigureAwait(false);
            }
            catch
            {
                failed.Cancel();
                throw;
            }
            finally
            {
                complete();
            }
        }
    }
}
