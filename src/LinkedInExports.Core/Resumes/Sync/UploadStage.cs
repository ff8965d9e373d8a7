using System.Threading.Channels;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Threading;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The second stage of a run: uploads the files of records, several at a time.</summary>
internal sealed class UploadStage(SyncRun run, ResumePreparer preparer)
{
    /// <summary>Processes records. Each one gets a result, or is written to the channel.</summary>
    internal Task RunAsync(
        ChannelReader<ResumeInput> inputs,
        ChannelWriter<PreparedRecord> records,
        CancellationToken cancellationToken
    ) =>
        Concurrent.ForEachAsync(
            inputs,
            run.Options.ThrottleLimit,
            async (input, token) =>
            {
                if (await preparer.TryRunAsync(input, mayReuse: true, token).ConfigureAwait(false) is { } record)
                {
                    run.Quota.AddPendingRecords(1);
                    await records.WriteAsync(record, token).ConfigureAwait(false);
                }
            },
            cancellationToken
        );
}
