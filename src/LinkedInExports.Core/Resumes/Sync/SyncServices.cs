using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Resumes.Uploads;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The services of a sync.</summary>
/// <param name="Uploads">The client that uploads files.</param>
/// <param name="Batches">The client that sends batches of records.</param>
/// <param name="Quota">The quota of the connection.</param>
/// <param name="Api">Host and port of the API.</param>
internal sealed record SyncServices(ResumeUploadClient Uploads, ResumeBatchClient Batches, ResumeQuota Quota, string Api);
