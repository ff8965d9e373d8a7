namespace LinkedInExports.Emulator.Behavior;

/// <summary>
/// Specifies the <c>rowCount</c> of an analytics job. LinkedIn's documentation says "number of rows in the exported data".
/// </summary>
public enum RowCountRule
{
    /// <summary>The data rows.</summary>
    Data,

    /// <summary>The data rows and the header.</summary>
    DataAndHeader,

    /// <summary>The field is omitted.</summary>
    Absent,
}
