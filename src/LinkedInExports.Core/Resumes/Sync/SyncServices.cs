using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Resumes.Uploads;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>What a sync uses of its connection.</summary>
/// <param name="Uploads">Uploads files.</param>
/// <param name="Batches">Sends batches of records.</param>
/// <param name="Quota">LinkedIn's limits.</param>
/// <param name="Api">Host and port of the API.</param>
internal sealed record SyncServices(ResumeUploadClient Uploads, ResumeBatchClient Batches, ResumeQuota Quota, string Api);
