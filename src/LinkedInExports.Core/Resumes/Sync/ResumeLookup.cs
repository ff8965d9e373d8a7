using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// What is known of a record before its file is read. It is looked up outside of the steps whose failures are those of the
/// record: a ledger that cannot be read ends the run.
/// </summary>
/// <param name="Known">The newest entry of the record in the ledger; null if it has none or is unchanged.</param>
/// <param name="File">The stamp of the file; null if the file has to be read.</param>
/// <param name="IsUnchanged">Whether the record is in sync.</param>
internal readonly record struct ResumeLookup(LedgerEntry? Known, FileStamp? File, bool IsUnchanged)
{
    /// <summary>Looks up a record.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="key">The key of the record.</param>
    /// <param name="input">The record.</param>
    /// <param name="mayReuse">Whether the record need not be sent again.</param>
    /// <param name="options">The options of the sync.</param>
    /// <param name="now">The current time.</param>
    internal static ResumeLookup Create(
        ILedgerLookup ledger,
        ResumeKey key,
        ResumeInput input,
        bool mayReuse,
        ResumeSyncOptions options,
        DateTimeOffset now
    )
    {
        FileStamp? file = input.Path is { } path ? FileStamp.TryCapture(path, now) : null;
        bool isUnchanged =
            mayReuse
            && !options.Checksum
            && options.Resend != ResumeResend.Expired
            && ledger.IsInSync(key, ContentHash.Compute(input.CreatedAtMilliseconds, file));
        return new ResumeLookup(isUnchanged ? null : ledger.Find(key), file, isUnchanged);
    }

    /// <summary>Gets the hash of an unchanged file from the ledger; null if the file has to be read.</summary>
    internal string? GetKnownHash(ResumeSyncOptions options) =>
        options.Checksum || File is null || Known?.File != File ? null : Known.Sha256;
}
