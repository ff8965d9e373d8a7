namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>The newest entry of a record, as it is held in memory.</summary>
/// <param name="Offset">The offset of the entry.</param>
/// <param name="Previous">The checksum of the previous line.</param>
/// <param name="Type">The type of the entry, or an upload if the record is not in sync anymore.</param>
/// <param name="Content">What the entry knows of the record and its file.</param>
/// <param name="IsRemoving">Whether the removal of the record was sent, and its outcome is unknown.</param>
internal readonly record struct RecordEntry(
    long Offset,
    ulong Previous,
    LedgerEntryType Type,
    ContentHash Content = default,
    bool IsRemoving = false
)
{
    /// <summary>Whether LinkedIn has confirmed the record and its content.</summary>
    internal bool IsInSync => !IsRemoving && Type is LedgerEntryType.Synced or LedgerEntryType.Touched;
}
