using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Downloads;

/// <summary>How to save export files.</summary>
public sealed class SaveOptions
{
    /// <summary>The folder, as a full path; made when it is not there.</summary>
    public string Destination { get; init; } = "";

    /// <summary>How many files are downloaded at a time, over all jobs.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>
    /// Whether to fetch a file again and write over whatever has its name. Without it a file that verifies is kept, also one that
    /// differs from LinkedIn's documentation.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>
    /// When to stop, for all jobs together, counted from the creation of the saver; null for no limit. What is not saved by then
    /// is an error (<see cref="LinkedInErrorId.SaveTimedOut"/>).
    /// </summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>
    /// Whether a job counts as saved when a file of it differs from LinkedIn's documentation. Such files are saved in any case.
    /// </summary>
    public bool AcceptUnrecognized { get; init; }

    /// <summary>
    /// Receives each job when all of its files are on the disk and recognized or accepted, on a worker's thread; a job with a row
    /// count of 0 and no file at once.
    /// </summary>
    public Action<ExportJob, ICommandOutput>? OnJobSaved { get; init; }
}
