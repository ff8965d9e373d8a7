using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Reports;

/// <summary>The options of a report.</summary>
public sealed class ReportOptions
{
    /// <summary>The heading of the report.</summary>
    public string Title { get; init; } = "LinkedIn exports";

    /// <summary>The column with the owner of a CRM record, or null to use one of <see cref="KnownOwnerColumns"/>.</summary>
    public string? OwnerColumn { get; init; }

    /// <summary>
    /// The maximum number of rows in all tables of the page, or null for as many as fit in 15 MB. Metrics and charts include all
    /// rows.
    /// </summary>
    public int? MaxTableRows { get; init; }

    /// <summary>The names of owner columns, by descending priority.</summary>
    public static IReadOnlyList<string> KnownOwnerColumns { get; } = ["Owner", "OwnerName", "OwnerId"];

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal FileSystem FileSystem { get; init; } = FileSystem.Real;
}
