namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>
/// Which requests count toward LinkedIn's limit of requests per day. This is an assumption, which is made in this class only.
/// </summary>
/// <remarks>
/// The tutorial "Sync Candidate Resumes" documents the limit (100,000 requests per day, UTC) for "Candidate Resumes", in the
/// section "Sync Uploaded Candidate Resumes". It does not document whether requests for upload links and the uploads, which go
/// to another host, count as well. All of them are counted here: if LinkedIn counts fewer, a sync of many days takes up to
/// three times as long as it has to; if they were not counted and LinkedIn did, requests would be rejected in the middle of a
/// day.
/// </remarks>
internal static class QuotaCost
{
    /// <summary>The requests for a file: one for an upload link, and the upload.</summary>
    internal const int RequestsPerFile = 2;

    /// <summary>The requests for a batch, whatever the number of records in it.</summary>
    internal const int RequestsPerBatch = 1;

    /// <summary>The requests to sync one resume. A day with fewer left can sync no more.</summary>
    internal const int RequestsPerResume = RequestsPerFile + RequestsPerBatch;
}
