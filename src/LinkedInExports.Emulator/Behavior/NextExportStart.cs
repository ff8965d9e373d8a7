namespace LinkedInExports.Emulator.Behavior;

/// <summary>Specifies the <c>nextExportStartAt</c> of a validation job.</summary>
public enum NextExportStart
{
    /// <summary>The end of this export.</summary>
    ExportEnd,

    /// <summary>The start of this export, as in LinkedIn's sample.</summary>
    ExportStart,

    /// <summary>One day before the start of this export.</summary>
    BeforeStart,

    /// <summary>One day after the end of this export.</summary>
    AfterEnd,

    /// <summary>The field is omitted.</summary>
    Absent,
}
