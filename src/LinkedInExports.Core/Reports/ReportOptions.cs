using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Reports;

/// <summary>What a report is to be like.</summary>
public sealed class ReportOptions
{
    /// <summary>The heading.</summary>
    public string Title { get; init; } = "LinkedIn exports";

    /// <summary>The column that says whose a CRM record is; null for one of <see cref="KnownOwnerColumns"/>.</summary>
    public string? OwnerColumn { get; init; }

    /// <summary>
    /// How many rows the tables of the page may have together. Sums and charts are of all rows, however many.
    /// </summary>
    public int MaxTableRows { get; init; } = 100_000;

    /// <summary>What an owner column is called, in the order in which they are looked for.</summary>
    public static IReadOnlyList<string> KnownOwnerColumns { get; } = ["Owner", "OwnerName", "OwnerId"];

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal FileSystem FileSystem { get; init; } = FileSystem.Real;
}
