using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;

namespace LinkedInExports.Core.Tests.Resumes;

internal static class PlanExtensions
{
    /// <summary>Creates a sync that is only planned, with the options of one that runs.</summary>
    internal static ResumeSync CreatePlan(this CandidateResumeClient resumes, ResumeSyncOptions options) =>
        resumes.CreateSync(options with { IsPlanOnly = true });
}
