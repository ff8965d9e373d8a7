namespace LinkedInExports.Emulator.Quotas;

/// <summary>
/// The requests that count towards the quota of the day; LinkedIn's table says no more than "candidate resumes".
/// </summary>
[Flags]
public enum QuotaScope
{
    /// <summary>No requests: there is no quota of the day.</summary>
    None = 0,

    /// <summary>Requests for upload links.</summary>
    HireMediaUrl = 1,

    /// <summary>Updates and deletes of resumes.</summary>
    CandidateResumes = 2,

    /// <summary>Uploads to the blob store.</summary>
    Uploads = 4,
}
