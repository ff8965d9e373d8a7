using CsvHelper;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>A validation row that CsvHelper reads with its defaults.</summary>
[CsvRecord]
internal sealed partial class BaselineValidationRow
{
    [CsvColumn("crmId")]
    public string CrmId { get; set; } = "";

    [CsvColumn("crmRecordType")]
    public string CrmRecordType { get; set; } = "";

    [CsvColumn("expiredAt")]
    public long ExpiredAt { get; set; }

    [CsvColumn("createdAt")]
    public long CreatedAt { get; set; }
}
