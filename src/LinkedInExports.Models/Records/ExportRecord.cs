namespace LinkedInExports;

/// <summary>
/// A row of an export file. The job, contract and CRM instance come from the manifest of the file; they are null without one.
/// All properties of the source are null for a record that was not read from a file.
/// </summary>
public abstract class ExportRecord
{
    private readonly RecordId _id;

    private protected ExportRecord(RecordId id) => _id = id;

    /// <summary>LinkedIn's id of the job that created the file.</summary>
    public long? JobId => _id.Source?.JobId;

    /// <summary>The contract of a Sales Navigator export, as <c>urn:li:contract:{id}</c>.</summary>
    public string? Contract => _id.Source?.Contract;

    /// <summary>The CRM instance of a validation export, as <c>urn:li:crmInstance:(KEY,id)</c>.</summary>
    public string? CrmInstanceId => _id.Source?.CrmInstanceId;

    /// <summary>The full path of the file.</summary>
    public string? FilePath => _id.Source?.FilePath;

    /// <summary>The number of the row in the file. The first row after the header is 1.</summary>
    public long? RowNumber => _id.RowNumber;

    /// <summary>LinkedIn's id of the record, or null.</summary>
    private protected string? Id => _id.ToString();
}
