namespace LinkedInExports.Emulator;

/// <summary>What a job that is still running sends for the fields which only a finished job has.</summary>
public enum OptionalFields
{
    /// <summary>The fields are left out.</summary>
    Absent,

    /// <summary>The fields are there and <c>null</c>.</summary>
    Null,

    /// <summary>The fields are there with a value; the list of links is empty.</summary>
    Present,
}
