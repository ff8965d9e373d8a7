using CsvHelper;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>An activity row that CsvHelper reads with its defaults.</summary>
[CsvRecord]
internal sealed partial class BaselineActivityRow
{
    [CsvColumn("activityId")]
    public string ActivityId { get; set; } = "";

    [CsvColumn("activityType")]
    public string ActivityType { get; set; } = "";

    [CsvColumn("createdAt")]
    [CsvFormat("MM-dd-yyyy HH:mm:ss")]
    public DateTime CreatedAt { get; set; }

    [CsvColumn("seatId")]
    public long SeatId { get; set; }

    [CsvColumn("memberIdentityKey")]
    public string MemberIdentityKey { get; set; } = "";
}
