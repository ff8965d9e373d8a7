namespace LinkedInExports.Emulator.Behavior;

/// <summary>What a job hands out after its links have expired.</summary>
public enum RefreshedLinks
{
    /// <summary>New links that work.</summary>
    New,

    /// <summary>The expired links again.</summary>
    Unchanged,

    /// <summary>New links that are refused as well.</summary>
    Rejected,
}
