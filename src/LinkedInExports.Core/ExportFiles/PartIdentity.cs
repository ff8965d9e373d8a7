namespace LinkedInExports.Core.ExportFiles;

/// <summary>Identifies a part of an export job, to find out whether an existing file is that part.</summary>
internal sealed record PartIdentity
{
    /// <summary>Host and port of the API.</summary>
    internal required string Api { get; init; }

    /// <summary>The CRM instance or contract.</summary>
    internal required string Owner { get; init; }

    internal required long JobId { get; init; }

    /// <summary>The exported period, in milliseconds since 1970-01-01T00:00:00Z; null where it is unknown.</summary>
    internal long? StartAt { get; init; }

    internal long? EndAt { get; init; }

    /// <summary>The number of the part, from 1.</summary>
    internal required int Part { get; init; }

    internal required int PartCount { get; init; }

    /// <summary>The number of rows in all parts according to LinkedIn; null where it does not return one.</summary>
    internal long? AnnouncedRowCount { get; init; }
}
