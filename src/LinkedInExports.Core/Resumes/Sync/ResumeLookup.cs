using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// What is known of a record before its file is read. It is looked up outside of the steps whose failures are those of the
/// record: a ledger that cannot be read ends the run.
/// </summary>
/// <param name="Known">The newest entry of the record in the ledger, or null.</param>
/// <param name="File">The stamp of the file; null if the file has to be read.</param>
internal readonly record struct ResumeLookup(LedgerEntry? Known, FileStamp? File)
{
    /// <summary>Looks up a record.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="key">The key of the record.</param>
    /// <param name="input">The record.</param>
    /// <param name="now">The current time.</param>
    internal static ResumeLookup Create(ILedgerLookup ledger, ResumeKey key, ResumeInput input, DateTimeOffset now) =>
        new(ledger.Find(key), input.Path is { } path ? FileStamp.TryCapture(path, now) : null);

    /// <summary>Gets the hash of an unchanged file from the ledger; null if the file has to be read.</summary>
    internal string? GetKnownHash(ResumeSyncOptions options) =>
        options.Checksum || File is null || Known?.File != File ? null : Known.Sha256;
}
