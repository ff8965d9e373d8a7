namespace LinkedInExports.Emulator.Quotas;

/// <summary>
/// Specifies the requests that count against the daily quota. LinkedIn documents only "candidate resumes".
/// </summary>
[Flags]
public enum QuotaScope
{
    /// <summary>No requests, so that there is no daily quota.</summary>
    None = 0,

    /// <summary>Requests for upload links.</summary>
    HireMediaUrl = 1,

    /// <summary>Updates and deletes of resumes.</summary>
    CandidateResumes = 2,

    /// <summary>Uploads to the blob store.</summary>
    Uploads = 4,
}
