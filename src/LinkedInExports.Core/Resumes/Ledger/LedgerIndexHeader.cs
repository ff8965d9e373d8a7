namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>The first line of an index.</summary>
internal sealed class LedgerIndexHeader
{
    internal const int CurrentFormat = 3;

    /// <summary>The number of tables: see <see cref="LedgerState.Tables"/>.</summary>
    internal const int TableCount = 3;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The position of the state.</summary>
    public required LedgerPosition Position { get; init; }

    /// <summary>The totals of the state.</summary>
    public required LedgerTotals Totals { get; init; }

    /// <summary>The number of rows of each table.</summary>
    public required int[] Counts { get; init; }

    /// <summary>The hash of all rows.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>The end of a line of a ledger, and what identifies the line and the ledger.</summary>
/// <param name="Ledger">The checksum of the ledger's first line, as text.</param>
/// <param name="Offset">The offset of the line.</param>
/// <param name="Previous">The checksum of the line before it.</param>
/// <param name="End">The end of the line.</param>
/// <param name="Check">The checksum of the line.</param>
internal readonly record struct LedgerPosition(string Ledger, long Offset, ulong Previous, long End, ulong Check);

/// <summary>The part of a ledger's state that does not depend on the number of records.</summary>
internal sealed record LedgerTotals
{
    public string? Api { get; init; }

    public RunCounts Run { get; init; } = new();

    public long InSync { get; init; }

    public long UploadedNotLinked { get; init; }

    public long ChangedAt { get; init; }

    public long? ResendStart { get; init; }

    public long ResendStartedAt { get; init; }

    public long EntryCount { get; init; }

    public IReadOnlyList<LedgerEntry> Days { get; init; } = [];

    public IReadOnlyList<SentBatch> RecentBatches { get; init; } = [];

    public SentBatch? OpenBatch { get; init; }
}

/// <summary>A batch that was sent.</summary>
/// <param name="At">The time of the response, or else of the request, in milliseconds since 1970.</param>
/// <param name="Records">The number of records.</param>
internal readonly record struct SentBatch(long At, int Records);
