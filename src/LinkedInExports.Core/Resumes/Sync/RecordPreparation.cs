using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Uploads;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Sees to it that the file of a record is at LinkedIn: looks it up in the ledger, and uploads it if need be.</summary>
internal sealed class RecordPreparation(
    ResumeUploads uploads, UploadTarget? target, ResumeResend? resend, ResumeLedger ledger, ResumeQuota quota, TimeProvider time)
{
    /// <summary>A file that LinkedIn is about to drop is not worth relying on.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    /// <returns>What to send, or null when LinkedIn has it as it is.</returns>
    /// <exception cref="LinkedInException">The file cannot be sent, or was not.</exception>
    internal async Task<ReadyRecord?> RunAsync(
        ResumeKey key, SpooledInput input, bool mayReuse, IMessages messages, CancellationToken cancellation)
    {
        try
        {
            return await PrepareAsync(
                key, input, mayReuse && !(resend == ResumeResend.All && ledger.IsToBeResent(key)), messages, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or LinkedInException))
        {
            throw LinkedInException.FromUnexpected($"sync the resume of {key}", exception);
        }
    }

    private async Task<ReadyRecord?> PrepareAsync(
        ResumeKey key, SpooledInput input, bool mayReuse, IMessages messages, CancellationToken cancellation)
    {
        LedgerLine? known = ledger.Find(key);
        if (input.ResumeFile is { } given)
        {
            if (mayReuse && IsInSync(known, input) && known!.ResumeFile == given)
                return null;

            // Whatever is sent has a line before it: a record whose answer is lost can be found, and removed, all the same.
            if (known?.ResumeFile != given)
                ledger.Append(LedgerLine.OfRecord(LedgerKind.Uploaded, key) with { ResumeFile = given });
            return new ReadyRecord(input, new ResumeRecord(key, given, input.CreatedAt));
        }

        using ResumeDocument document = ResumeDocument.Open(input.Path!, cancellation);
        bool isSameFile = known?.Sha256 == document.Sha256;
        if (isSameFile && mayReuse && IsInSync(known, input) && !(resend == ResumeResend.Expired && IsExpired(known!, time.GetUtcNow())))
            return null;
        if (isSameFile && mayReuse && IsUsable(known!, target!.RetainFor, time.GetUtcNow()))
        {
            return new ReadyRecord(input, new ResumeRecord(key, known!.ResumeFile!, input.CreatedAt))
            {
                Sha256 = document.Sha256,
                UploadedAt = known.UploadedAt,
                RetainFor = known.RetainFor,
                RetainMonths = known.RetainMonths,
                IsReused = true,
            };
        }

        string resumeFile = await uploads.SendAsync(document, target!, quota, messages, cancellation).ConfigureAwait(false);
        LedgerLine uploaded = LedgerLine.OfRecord(LedgerKind.Uploaded, key) with
        {
            Sha256 = document.Sha256,
            ResumeFile = resumeFile,
            UploadedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            RetainFor = target!.RetainFor?.Milliseconds,
            RetainMonths = target.RetainFor?.Months,
        };
        ledger.Append(uploaded);
        return new ReadyRecord(input, new ResumeRecord(key, resumeFile, input.CreatedAt))
        {
            Sha256 = uploaded.Sha256,
            UploadedAt = uploaded.UploadedAt,
            RetainFor = uploaded.RetainFor,
            RetainMonths = uploaded.RetainMonths,
        };
    }

    internal static bool IsInSync(LedgerLine? known, SpooledInput input) =>
        known is { Kind: LedgerKind.Synced } && known.CreatedAt == input.CreatedAt;

    internal static bool IsUsable(LedgerLine known, RetentionPeriod? retainFor, DateTimeOffset now) =>
        known is { ResumeFile: not null, UploadedAt: not null }
        && Retention.IsFor(known, retainFor)
        && (Retention.EndOf(known) is not { } end || now < end - Margin);

    /// <summary>Whether LinkedIn has deleted the file by now.</summary>
    internal static bool IsExpired(LedgerLine known, DateTimeOffset now) => Retention.EndOf(known) is { } end && now >= end;
}
