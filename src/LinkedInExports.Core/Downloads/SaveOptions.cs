namespace LinkedInExports.Core.Downloads;

/// <summary>Settings of the saver.</summary>
public sealed record SaveOptions
{
    /// <summary>The default of <see cref="ThrottleLimit"/>.</summary>
    public const int DefaultThrottleLimit = 4;

    /// <summary>The folder, as a full path; created if it does not exist.</summary>
    public string Destination { get; init; } = "";

    /// <summary>The maximum number of concurrent downloads, over all jobs.</summary>
    public int ThrottleLimit { get; init; } = DefaultThrottleLimit;

    /// <summary>
    /// Whether to download files again and overwrite existing ones. Otherwise a valid file is kept, even if it differs from
    /// LinkedIn's documentation.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>
    /// The time after which saving stops, for all jobs together, from the creation of the saver; null for no limit. Each file
    /// that is not saved by then is an error (<see cref="LinkedInErrorId.SaveTimedOut"/>).
    /// </summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>
    /// Whether a job counts as saved if one of its files differs from LinkedIn's documentation. Its files are saved in any case.
    /// </summary>
    public bool AcceptUnrecognized { get; init; }
}
