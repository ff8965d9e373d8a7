namespace LinkedInExports.Emulator.Behavior;

/// <summary>What a validation job sends as <c>nextExportStartAt</c>.</summary>
public enum NextExportStart
{
    /// <summary>The end of this export.</summary>
    ExportEnd,

    /// <summary>The start of this export, as in LinkedIn's only sample.</summary>
    ExportStart,

    /// <summary>A day before the start of this export.</summary>
    BeforeStart,

    /// <summary>A day after the end of this export.</summary>
    AfterEnd,

    /// <summary>The field is left out.</summary>
    Absent,
}
