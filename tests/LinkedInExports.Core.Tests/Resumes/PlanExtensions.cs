using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;

namespace LinkedInExports.Core.Tests.Resumes;

internal static class PlanExtensions
{
    /// <summary>Creates the plan of a sync with the same options.</summary>
    internal static ResumeSync CreatePlan(this CandidateResumeClient resumes, ResumeSyncOptions options) =>
        resumes.CreateSync(options with { IsPlanOnly = true });
}
