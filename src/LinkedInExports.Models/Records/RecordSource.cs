namespace LinkedInExports;

/// <summary>The file of records. All records of a file share it.</summary>
internal sealed record RecordSource(string FilePath, long? JobId, string? Contract, string? CrmInstanceId)
{
    /// <summary>The names of the properties of <see cref="ExportRecord"/>.</summary>
    internal static readonly IReadOnlyList<string> PropertyNames =
    [
        nameof(ExportRecord.JobId),
        nameof(ExportRecord.Contract),
        nameof(ExportRecord.CrmInstanceId),
        nameof(ExportRecord.FilePath),
        nameof(ExportRecord.RowNumber),
    ];
}
