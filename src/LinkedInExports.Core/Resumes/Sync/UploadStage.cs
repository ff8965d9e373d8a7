using System.Threading.Channels;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Threading;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The second stage of a run: uploads the files of records, several at a time.</summary>
internal sealed class UploadStage(SyncRun run, ResumePreparer preparer)
{
    /// <summary>Processes records. Each one gets a result, or is written to the channel.</summary>
    internal Task RunAsync(
        ChannelReader<StoredResume> resumes,
        ChannelWriter<PreparedRecord> records,
        CancellationToken cancellationToken
    ) =>
        Concurrent.ForEachAsync(
            resumes,
            run.Options.ThrottleLimit,
            async (resume, token) =>
            {
                bool mayReuse = !run.Unchanged.IsResent(resume.Key);
                if (await preparer.TryRunAsync(resume.Input, mayReuse, token).ConfigureAwait(false) is { } record)
                {
                    run.Quota.AddPendingRecords(1);
                    await records.WriteAsync(record, token).ConfigureAwait(false);
                }
            },
            cancellationToken
        );
}
