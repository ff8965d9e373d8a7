using System.Threading.Channels;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Threading;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The first stage of a run: checks each record and uploads its file, several at a time.</summary>
internal sealed class UploadStage(SyncRun run, InputStore inputs, ResumePreparer preparer)
{
    /// <summary>Processes the input. Each record gets a result, or is written to the channel.</summary>
    internal async Task RunAsync(ChannelWriter<PreparedRecord> records, CancellationToken cancellationToken)
    {
        int superseded = 0;
        await Concurrent
            .ForEachAsync(
                inputs.Read(run.Ledger.GetLastFailureOffset),
                run.Options.ThrottleLimit,
                async (item, token) =>
                {
                    if (item.Input.ValidationError is { } error)
                    {
                        run.Results.RecordInvalid(item.Input, error);
                    }
                    else if (!item.IsNewest)
                    {
                        Interlocked.Increment(ref superseded);
                        run.Results.RecordSuperseded(item.Input);
                    }
                    else if (await preparer.TryRunAsync(item.Input, mayReuse: true, token).ConfigureAwait(false) is { } record)
                    {
                        run.Quota.AddPendingRecords(1);
                        await records.WriteAsync(record, token).ConfigureAwait(false);
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (superseded > 0)
        {
            run.Diagnostics.Warning(
                $"{superseded} duplicate {(superseded == 1 ? "record was" : "records were")} skipped; the last one of each "
                    + "candidate and resume was used."
            );
        }
    }
}
