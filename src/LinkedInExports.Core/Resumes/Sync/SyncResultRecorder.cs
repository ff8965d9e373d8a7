using System.Globalization;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Records the outcome of each record once: in the ledger, as a result, and as an error if it failed.</summary>
internal sealed class SyncResultRecorder(
    ResumeLedger ledger,
    string integrationContext,
    long total,
    SyncOutput output,
    TimeProvider time
)
{
    /// <summary>A path up to this length is not shortened in messages.</summary>
    private const int MaxPathLength = 400;

    private readonly long _started = time.GetTimestamp();
    private long _completed;
    private long _pending;

    /// <summary>The number of records that are pending.</summary>
    internal long PendingCount => Interlocked.Read(ref _pending);

    internal void RecordSynced(PreparedRecord record, int? status)
    {
        ledger.Append(
            LedgerEntry.ForRecord(LedgerEntryType.Synced, record.Key) with
            {
                Sha256 = record.Sha256,
                File = record.File,
                ResumeFile = record.ResumeFile,
                UploadedAt = record.UploadedAt,
                RetainFor = record.RetainFor,
                RetainMonths = record.RetainMonths,
                CreatedAt = record.Input.CreatedAtMilliseconds,
                Status = status,
            }
        );
        EmitResult(record.Input, ResumeSyncOutcome.Synced, status);
    }

    internal async Task RecordUnchangedAsync(IReadOnlyCollection<ResumeInput> inputs)
    {
        ledger.AppendUnchanged(inputs.Count);
        foreach (ResumeInput input in inputs)
            await output.Results.WriteAsync(CreateResult(input, ResumeSyncOutcome.Unchanged)).ConfigureAwait(false);
    }

    /// <summary>Records that a record still has to be sent. The ledger has no entry for it, which means the same.</summary>
    internal void RecordPending(ResumeInput input, SyncReason reason)
    {
        Interlocked.Increment(ref _pending);
        EmitResult(input, ResumeSyncOutcome.Pending, reason: reason);
    }

    /// <summary>Records that LinkedIn rejected a record.</summary>
    internal void RecordFailed(ResumeInput input, RecordResult result)
    {
        var error = new LinkedInException(
            result.ErrorId,
            $"The resume of candidate '{input.CandidateId}' (resume '{input.ResumeId}') is not in sync: {result.Reason}"
        )
        {
            StatusCode = result.Status,
            Target = input.CandidateId,
        };
        RecordFailure(input, error, new SyncReason(result.ReasonId, result.Reason));
    }

    /// <summary>Records that the request for a record failed.</summary>
    internal void RecordFailed(ResumeInput input, LinkedInException failure, SyncReason reason) =>
        RecordFailure(input, AddCandidate(input, failure), reason);

    private void RecordFailure(ResumeInput input, LinkedInException error, SyncReason reason)
    {
        ledger.Append(
            LedgerEntry.ForRecord(LedgerEntryType.Failed, input.GetKey(integrationContext)) with
            {
                Status = error.StatusCode,
                ReasonId = reason.Id.ToString(),
                Reason = reason.Text,
            }
        );
        // After the ledger, because a command that is stopped takes no more errors.
        output.Diagnostics.Error(error);
        EmitResult(input, ResumeSyncOutcome.Failed, error.StatusCode, reason);
    }

    /// <summary>Records that a record is not valid.</summary>
    internal void RecordInvalid(ResumeInput input, SyncReason problem)
    {
        LinkedInException failure = CreateInvalidError(input, problem);
        RecordRejected(input, failure, new SyncReason(problem.Id, failure.Message), failure.Message);
    }

    /// <summary>Records that a file cannot be sent.</summary>
    internal void RecordRejected(ResumeInput input, LinkedInException failure)
    {
        RecordRejected(
            input,
            AddCandidate(input, failure),
            SyncReason.FromFailure(failure, ResumeSyncReason.Unreadable),
            input.Path is { } path ? RemovePath(failure, path) : failure.Message
        );
    }

    /// <summary>
    /// Records that a later record of the same resume is used instead. It is counted, but its key is not written: the ledger has
    /// one state for each resume, which is that of the later record.
    /// </summary>
    internal void RecordSuperseded(ResumeInput input)
    {
        ledger.Append(new LedgerEntry { Type = LedgerEntryType.Rejected });
        EmitResult(input, ResumeSyncOutcome.Rejected, reason: SyncReason.Superseded);
    }

    /// <summary>Returns why a file cannot be sent, for the ledger, which contains no paths.</summary>
    private static string RemovePath(LinkedInException failure, string path)
    {
        // The message of the system repeats the path, and shortens a long path differently.
        if (path.Length > MaxPathLength && failure.Id == LinkedInErrorId.FileReadFailed)
            return "the file cannot be read.";
        string displayedPath = failure.Target is { Length: > 0 } target ? target : path;
        return failure.Message.Replace(displayedPath, "the file").Replace(path, "the file");
    }

    internal static LinkedInException CreateInvalidError(ResumeInput input, SyncReason problem) =>
        new(
            LinkedInErrorId.InvalidResumeRecord,
            $"The resume of candidate '{input.CandidateId}' (resume '{input.ResumeId}') was not sent: {problem.Text}."
        )
        {
            Target = input.CandidateId,
        };

    /// <summary>Adds the candidate to the failure of a file, whose message has only the path.</summary>
    internal static LinkedInException AddCandidate(ResumeInput input, LinkedInException failure) =>
        failure.WithMessage($"Candidate '{input.CandidateId}' (resume '{input.ResumeId}'): {failure.Message}");

    private void RecordRejected(ResumeInput input, LinkedInException error, SyncReason reason, string textWithoutPath)
    {
        ledger.Append(
            LedgerEntry.ForRecord(LedgerEntryType.Rejected, input.GetKey(integrationContext)) with
            {
                ReasonId = reason.Id.ToString(),
                Reason = textWithoutPath,
            }
        );
        output.Diagnostics.Error(error);
        EmitResult(input, ResumeSyncOutcome.Rejected, reason: reason);
    }

    private void EmitResult(ResumeInput input, ResumeSyncOutcome outcome, int? status = null, SyncReason? reason = null) =>
        output.Results.Write(CreateResult(input, outcome, status, reason));

    private ResumeSyncResult CreateResult(
        ResumeInput input,
        ResumeSyncOutcome outcome,
        int? status = null,
        SyncReason? reason = null
    )
    {
        // Formatting the text for each record would take longer than an unchanged record.
        if (Interlocked.Increment(ref _completed) == 1)
            output.Diagnostics.Progress(CreateProgress());
        return new ResumeSyncResult
        {
            CandidateId = input.CandidateId ?? "",
            ResumeId = input.ResumeId ?? "",
            Outcome = outcome,
            StatusCode = status,
            ReasonId = reason?.Id,
            Reason = reason?.Text,
            Path = input.Path,
            CompletedAt = outcome == ResumeSyncOutcome.Pending ? null : time.GetUtcNow(),
        };
    }

    private ProgressUpdate CreateProgress()
    {
        long completed = Interlocked.Read(ref _completed);
        double seconds = Math.Max(0.001, time.GetElapsedTime(_started).TotalSeconds);
        return new ProgressUpdate(
            "Syncing candidate resumes",
            string.Format(
                CultureInfo.CurrentCulture,
                "{0:N0} of {1:N0} records; {2:N0} a minute",
                completed,
                total,
                completed / seconds * 60
            ),
            (int)(100 * completed / total)
        )
        {
            Refresh = CreateProgress,
        };
    }
}
