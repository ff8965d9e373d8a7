using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Prepares a record for a batch: finds its file in the ledger, or uploads it.</summary>
internal sealed class ResumePreparer(SyncRun run, ResumeUploadClient uploads, UploadDestination? target)
{
    /// <summary>A file that LinkedIn deletes within this time is uploaded again.</summary>
    private static readonly TimeSpan ExpiryMargin = TimeSpan.FromMinutes(10);

    /// <summary>Prepares a record. A failure is its result, and may stop the run.</summary>
    /// <returns>The record to send; null if it has a result already, because it failed, is pending, or is in sync.</returns>
    internal async Task<PreparedRecord?> TryRunAsync(ResumeInput input, bool mayReuse, CancellationToken cancellationToken)
    {
        ResumeLookup? lookup = null;
        using Deadline deadline = run.Deadline.CreateFilesDeadline(cancellationToken);
        while (true)
        {
            if (run.StopReason is { } reason)
            {
                run.Results.RecordPending(input, reason);
                return null;
            }

            ResumeKey key = input.GetKey(run.IntegrationContext);
            lookup ??= ResumeLookup.Create(run.Ledger, key, input, run.Time.GetUtcNow());
            try
            {
                PreparedRecord? record = await RunAsync(key, input, lookup.Value, mayReuse, deadline.Token).ConfigureAwait(false);
                if (record is { IsNew: true })
                    run.CircuitBreaker.RecordUploadSuccess();
                if (record is null)
                    await run.Results.RecordUnchangedAsync([input]).ConfigureAwait(false);
                return record;
            }
            catch (OperationCanceledException) when (deadline.IsExpired)
            {
                run.Results.RecordPending(input, run.Deadline.Reason);
                return null;
            }
            catch (LinkedInException failure)
                when (failure.Id
                        is LinkedInErrorId.UnsupportedResumeFile
                            or LinkedInErrorId.ResumeTooLarge
                            or LinkedInErrorId.FileReadFailed
                            or LinkedInErrorId.InvalidPath
                )
            {
                run.Results.RecordRejected(input, failure);
                return null;
            }
            catch (LinkedInException failure)
                when (failure.Id is not (LinkedInErrorId.FileWriteFailed or LinkedInErrorId.LedgerCorrupt))
            {
                switch (run.CircuitBreaker.HandleUploadFailure(failure))
                {
                    case SyncCircuitBreaker.FailureAction.Retry:
                        break;
                    case SyncCircuitBreaker.FailureAction.Stopped:
                        run.Results.RecordPending(input, SyncReason.FromStop(run.CircuitBreaker.UploadStopReason!));
                        return null;
                    default:
                        run.Results.RecordFailed(input, failure, SyncReason.FromFailure(failure, ResumeSyncReason.UploadFailed));
                        return null;
                }
            }
        }
    }

    /// <summary>Compares a record with the ledger, and gets the first step that it requires.</summary>
    /// <param name="known">The newest entry of the record in the ledger, or null.</param>
    /// <param name="input">The record.</param>
    /// <param name="sha256">The hash of its file, or null if the input has the URN of an uploaded file.</param>
    /// <param name="options">The options of the sync.</param>
    /// <param name="now">The current time.</param>
    internal static RequiredStep GetRequiredStep(
        LedgerEntry? known,
        ResumeInput input,
        string? sha256,
        ResumeSyncOptions options,
        DateTimeOffset now
    )
    {
        bool isSameFile = known is not null && (sha256 is null ? known.ResumeFile == input.ResumeFile : known.Sha256 == sha256);
        if (!isSameFile)
            return sha256 is null ? RequiredStep.Send : RequiredStep.Upload;
        bool isExpired = Retention.GetEnd(known!) is { } end && now >= end;
        if (
            known is { IsInSync: true }
            && known.CreatedAt == input.CreatedAtMilliseconds
            && (sha256 is null || options.Resend != ResumeResend.Expired || !isExpired)
        )
        {
            return RequiredStep.None;
        }

        return sha256 is null || IsUsable(known!, options.RetainFor, now) ? RequiredStep.Send : RequiredStep.Upload;
    }

    private static bool IsUsable(LedgerEntry known, RetentionPeriod? retainFor, DateTimeOffset now) =>
        known is { ResumeFile: not null, UploadedAt: not null }
        && Retention.Matches(known, retainFor)
        && (Retention.GetEnd(known) is not { } end || now < end - ExpiryMargin);

    private async Task<PreparedRecord?> RunAsync(
        ResumeKey key,
        ResumeInput input,
        ResumeLookup lookup,
        bool mayReuse,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await PrepareAsync(key, input, lookup, mayReuse, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or LinkedInException))
        {
            throw LinkedInException.FromUnexpected($"sync the resume of {key}", exception);
        }
    }

    private async Task<PreparedRecord?> PrepareAsync(
        ResumeKey key,
        ResumeInput input,
        ResumeLookup lookup,
        bool mayReuse,
        CancellationToken cancellationToken
    )
    {
        (LedgerEntry? known, FileStamp? file) = lookup;
        DateTimeOffset now = run.Time.GetUtcNow();
        if (input.ResumeFile is { } existingFile)
        {
            if (mayReuse && GetRequiredStep(known, input, sha256: null, run.Options, now) == RequiredStep.None)
                return null;

            // Every record has an entry in the ledger before it is sent, so that it can be found and removed even if the
            // response is lost.
            if (known?.ResumeFile != existingFile)
                run.Ledger.Append(LedgerEntry.ForRecord(LedgerEntryType.Uploaded, key) with { ResumeFile = existingFile });
            return new PreparedRecord(key, input, existingFile);
        }

        if (mayReuse && lookup.GetKnownHash(run.Options) is { } knownHash)
        {
            switch (GetRequiredStep(known, input, knownHash, run.Options, now))
            {
                case RequiredStep.None:
                    return null;
                case RequiredStep.Send:
                    return Prepare(key, input, known!) with { IsReused = true };
            }
        }

        using ResumeDocument document = ResumeDocument.Open(input.Path!, cancellationToken);
        switch (mayReuse ? GetRequiredStep(known, input, document.Sha256, run.Options, now) : RequiredStep.Upload)
        {
            case RequiredStep.None:
                if (file is not null && known!.File != file)
                    run.Ledger.AppendTouched(known, file);
                return null;
            case RequiredStep.Send:
                return Prepare(key, input, known! with { File = file }) with { IsReused = true };
        }

        string resumeFile = await uploads
            .SendAsync(document, target!, run.Quota, run.Diagnostics, cancellationToken)
            .ConfigureAwait(false);
        LedgerEntry uploaded = LedgerEntry.ForRecord(LedgerEntryType.Uploaded, key) with
        {
            Sha256 = document.Sha256,
            File = file,
            ResumeFile = resumeFile,
            UploadedAt = run.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            RetainFor = target!.RetainFor?.Milliseconds,
            RetainMonths = target.RetainFor?.Months,
        };
        run.Ledger.Append(uploaded);
        return Prepare(key, input, uploaded);
    }

    private static PreparedRecord Prepare(ResumeKey key, ResumeInput input, LedgerEntry uploaded) =>
        new(key, input, uploaded.ResumeFile!)
        {
            Sha256 = uploaded.Sha256,
            File = uploaded.File,
            UploadedAt = uploaded.UploadedAt,
            RetainFor = uploaded.RetainFor,
            RetainMonths = uploaded.RetainMonths,
        };
}
