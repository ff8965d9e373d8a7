using System.Management.Automation;

namespace LinkedInExports.Benchmarks.Baseline;

/// <summary>
/// Outputs existing objects, which is the maximum speed of a compiled cmdlet. Its module is the baseline for importing a
/// module.
/// </summary>
[Cmdlet(VerbsCommon.Get, "Baseline")]
[OutputType(typeof(BaselineRecord))]
public sealed class GetBaselineRecordCommand : PSCmdlet
{
    private const int Distinct = 1000;

    /// <summary>The number of records.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public int Count { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var records = new BaselineRecord[Distinct];
        for (int i = 0; i < Distinct; i++)
            records[i] = new BaselineRecord(Guid.NewGuid().ToString(), "CONTACT", 1_700_000_000_000 + i, 1_700_000_000_000 + i);
        for (int i = 0; i < Count; i++)
            WriteObject(records[i % Distinct]);
    }
}
