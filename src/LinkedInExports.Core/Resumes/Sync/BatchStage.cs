using System.Threading.Channels;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The third stage of a run: collects uploaded records into batches and sends them.</summary>
internal sealed class BatchStage(SyncRun run, UpdateRunner runner)
{
    /// <summary>A batch that is not full is sent when no record has been added for this long.</summary>
    private static readonly TimeSpan MaxBatchAge = TimeSpan.FromSeconds(30);

    /// <summary>Sends the records of the channel, until it is completed.</summary>
    internal async Task RunAsync(ChannelReader<PreparedRecord> records, CancellationToken cancellationToken)
    {
        var batch = new List<PreparedRecord>(run.BatchSize);
        bool isCompleted = false;
        while (!isCompleted)
        {
            bool? hasMore = await WaitAsync(records, batch.Count > 0, cancellationToken).ConfigureAwait(false);
            isCompleted = hasMore == false;
            while (batch.Count < run.BatchSize && records.TryRead(out PreparedRecord? record))
                batch.Add(record);
            if (batch.Count == run.BatchSize || (batch.Count > 0 && hasMore != true))
            {
                await runner.RunAsync([.. batch], cancellationToken).ConfigureAwait(false);
                run.Quota.AddPendingRecords(-batch.Count);
                batch.Clear();
            }
        }
    }

    /// <returns>Whether there is more; null when a record is waiting and none was added for a while.</returns>
    private async Task<bool?> WaitAsync(
        ChannelReader<PreparedRecord> records,
        bool isWaiting,
        CancellationToken cancellationToken
    )
    {
        Task<bool> more = records.WaitToReadAsync(cancellationToken).AsTask();
        if (isWaiting && !more.IsCompleted)
        {
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task pause = run.Time.DelayAsync(MaxBatchAge, timer.Token);
            Task first = await Task.WhenAny(more, pause).ConfigureAwait(false);
            timer.Cancel();
            if (first == pause && !cancellationToken.IsCancellationRequested)
                return null;
        }

        return await more.ConfigureAwait(false);
    }
}
