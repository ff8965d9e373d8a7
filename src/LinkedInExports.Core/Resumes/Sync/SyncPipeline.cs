using System.Threading.Channels;
using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Runs the two stages of a sync concurrently. If one fails, the other one is canceled.</summary>
internal static class SyncPipeline
{
    internal static async Task RunAsync(UploadStage uploads, BatchStage batches, CancellationToken cancellationToken)
    {
        // Bounded, because a record in the channel is a file at LinkedIn that belongs to no candidate yet.
        Channel<PreparedRecord> records = Channel.CreateBounded<PreparedRecord>(2 * ResumeBatchClient.MaxRecords);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task uploading = RunStageAsync(() => uploads.RunAsync(records.Writer, failed.Token), () => records.Writer.TryComplete());
        Task sending = RunStageAsync(() => batches.RunAsync(records.Reader, failed.Token), () => { });
        Task both = Task.WhenAll(uploading, sending);
        try
        {
            await both.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // One stage failed and canceled the other; report the failure.
            throw both.Exception?.InnerExceptions.FirstOrDefault(inner => inner is LinkedInException) ?? both.Exception!;
        }

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
