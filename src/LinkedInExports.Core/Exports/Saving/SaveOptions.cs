using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Exports.Saving;

/// <summary>How to save export files.</summary>
public sealed class SaveOptions
{
    /// <summary>The folder, as a full path; made when it is not there.</summary>
    public string Destination { get; init; } = "";

    /// <summary>How many files are downloaded at a time, over all jobs.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>Whether to fetch a file again and write over whatever has its name.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Hears of each job when all of its files are on the disk, on a worker's thread; a job that LinkedIn found nothing for
    /// is done at once.
    /// </summary>
    public Action<ExportJob, IMessages>? JobSaved { get; init; }
}
