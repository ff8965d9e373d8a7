namespace LinkedInExports.Emulator.Faults;

/// <summary>Specifies the body of a <see cref="FaultKind.Status"/> fault.</summary>
public enum FaultBody
{
    /// <summary>LinkedIn's error JSON.</summary>
    Json,

    /// <summary>The HTML of a gateway in front of the API.</summary>
    Html,

    /// <summary>No body.</summary>
    Empty,
}
