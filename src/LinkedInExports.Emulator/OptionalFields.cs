namespace LinkedInExports.Emulator;

/// <summary>Specifies the value of fields that only a finished job has, while the job is running.</summary>
public enum OptionalFields
{
    /// <summary>The fields are omitted.</summary>
    Absent,

    /// <summary>The fields are <c>null</c>.</summary>
    Null,

    /// <summary>The fields have a value. The list of links is empty.</summary>
    Present,
}
