namespace LinkedInExports;

/// <summary>
/// A row of an export file. The job, contract and CRM instance come from the manifest of the file; they are null without one.
/// All properties of the source are null for a record that was not read from a file.
/// </summary>
public abstract class ExportRecord
{
    private RecordSource? _source;
    private long _rowNumber;

    private protected ExportRecord() { }

    /// <summary>LinkedIn's id of the job that created the file.</summary>
    public long? JobId => _source?.JobId;

    /// <summary>The contract of a Sales Navigator export, as <c>urn:li:contract:{id}</c>.</summary>
    public string? Contract => _source?.Contract;

    /// <summary>The CRM instance of a validation export, as <c>urn:li:crmInstance:(KEY,id)</c>.</summary>
    public string? CrmInstanceId => _source?.CrmInstanceId;

    /// <summary>The full path of the file.</summary>
    public string? FilePath => _source?.FilePath;

    /// <summary>The number of the row in the file. The first row after the header is 1.</summary>
    public long? RowNumber => _source is null ? null : _rowNumber;

    internal void SetSource(RecordSource source, long rowNumber)
    {
        _source = source;
        _rowNumber = rowNumber;
    }
}
