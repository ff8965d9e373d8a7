namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>What memory keeps of a record.</summary>
/// <param name="Offset">Where its newest line is.</param>
/// <param name="Previous">The check of the line before that one.</param>
/// <param name="Type">What the line says.</param>
/// <param name="IsRemoving">Whether its removal was sent, and the outcome is not known.</param>
internal readonly record struct RecordEntry(long Offset, ulong Previous, LedgerEntryType Type, bool IsRemoving = false);
