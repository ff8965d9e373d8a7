using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// Recognizes records in sync by the stamps of their files, without reading the files and the entries of the ledger.
/// </summary>
internal sealed class UnchangedResumes(ILedgerLookup ledger, ResumeSyncOptions options, TimeProvider time)
{
    /// <summary>Whether records can be recognized. Otherwise, each file or entry has to be read.</summary>
    private readonly bool _isEnabled = !options.Checksum && options.Resend != ResumeResend.Expired;

    /// <summary>Whether a record is known to be in sync. Others may be in sync as well: their files or entries show it.</summary>
    internal bool Contains(StoredResume resume) =>
        _isEnabled
        && resume.Input.Path is { } path
        && !IsResent(resume.Key)
        && ledger.IsInSync(
            resume.Key,
            ContentHash.Compute(resume.Input.CreatedAtMilliseconds, FileStamp.TryCapture(path, time.GetUtcNow()))
        );

    /// <summary>Whether a record is sent again because all records are, even if it is unchanged.</summary>
    internal bool IsResent(KeyHash key) =>
        options.Resend == ResumeResend.All && (ledger.State.ResendStart is null || ledger.ShouldResend(key));
}
