using System.Threading.Channels;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The first half of a run: looks at each record and brings its file to LinkedIn, several at a time.</summary>
internal sealed class PreparingStage(
    InputSpool spool, RecordPreparation preparation, SyncBrake brake, SyncTime allowed, SyncTally tally, ResumeQuota quota, int throttleLimit, IMessages messages)
{
    /// <summary>Works off the input. Each record is settled, or written to the channel.</summary>
    internal async Task RunAsync(ChannelWriter<ReadyRecord> ready, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(throttleLimit);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using Deadline deadline = allowed.FilesDeadline(broken.Token);
        var running = new List<Task>();
        int superseded = 0;
        try
        {
            foreach ((SpooledInput input, bool isNewest) in spool.Read())
            {
                if (input.Problem is { } problem)
                {
                    tally.Rejected(input, SyncTally.Invalid(input, problem));
                    continue;
                }

                if (!isNewest)
                {
                    superseded++;
                    tally.Rejected(input, "A later record has the same candidate and resume; that one counts.");
                    continue;
                }

                await slots.WaitAsync(broken.Token).ConfigureAwait(false);
                if (running.Count > 4 * throttleLimit)
                    running.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
                running.Add(Task.Run(
                    async () =>
                    {
                        try
                        {
                            await PrepareAsync(input, ready, deadline, broken.Token).ConfigureAwait(false);
                        }
                        catch
                        {
                            // The ledger cannot be written: no further record may be touched.
                            broken.Cancel();
                            throw;
                        }
                        finally
                        {
                            slots.Release();
                        }
                    },
                    CancellationToken.None));
            }

            if (superseded > 0)
                messages.Warning($"{superseded} records had the candidate and resume of a later one; of each, the last was taken.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // One of those that run broke; waiting for them brings it out.
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    private async Task PrepareAsync(
        SpooledInput input, ChannelWriter<ReadyRecord> ready, Deadline deadline, CancellationToken cancellation)
    {
        while (true)
        {
            if (brake.Reason?.Message is { } reason)
            {
                tally.Pending(input, reason);
                return;
            }

            if (allowed.IsOver)
            {
                tally.Pending(input, allowed.Reason);
                return;
            }

            try
            {
                ReadyRecord? record = await preparation.RunAsync(
                    spool.KeyOf(input), input, mayReuse: true, messages, deadline.Token).ConfigureAwait(false);
                if (record is { IsNew: true })
                    brake.UploadSucceeded();
                if (record is null)
                {
                    tally.Unchanged(input);
                    return;
                }

                quota.AddPendingRecords(1);
                await ready.WriteAsync(record, cancellation).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (deadline.HasPassed)
            {
                tally.Pending(input, allowed.Reason);
                return;
            }
            catch (LinkedInException failure) when (failure.Id is LinkedInErrorId.ResumeNotAccepted or LinkedInErrorId.ResumeTooLarge
                or LinkedInErrorId.FileReadFailed or LinkedInErrorId.InvalidPath)
            {
                tally.Rejected(input, failure);
                return;
            }
            catch (LinkedInException failure) when (failure.Id is not (LinkedInErrorId.FileWriteFailed or LinkedInErrorId.LedgerDamaged))
            {
                switch (brake.JudgeUpload(failure))
                {
                    case SyncBrake.Verdict.Again:
                        break;
                    case SyncBrake.Verdict.Stopped:
                        tally.Pending(input, brake.Reason!.Message);
                        return;
                    default:
                        tally.Failed(input, failure);
                        return;
                }
            }
        }
    }
}
