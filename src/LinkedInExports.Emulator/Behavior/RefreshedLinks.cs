namespace LinkedInExports.Emulator.Behavior;

/// <summary>Specifies the links of a job after its first links have expired.</summary>
public enum RefreshedLinks
{
    /// <summary>New, valid links.</summary>
    New,

    /// <summary>The expired links.</summary>
    Unchanged,

    /// <summary>New links that are rejected too.</summary>
    Rejected,
}
