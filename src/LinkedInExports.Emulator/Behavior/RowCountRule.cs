namespace LinkedInExports.Emulator.Behavior;

/// <summary>What <c>rowCount</c> of an analytics job counts; LinkedIn says "number of rows in the exported data".</summary>
public enum RowCountRule
{
    /// <summary>The rows of data.</summary>
    Data,

    /// <summary>The rows of data and the header.</summary>
    DataAndHeader,

    /// <summary>The field is left out.</summary>
    Absent,
}
