using LinkedInExports.Emulator.Analytics;
using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Conformance;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.Log;
using LinkedInExports.Emulator.OAuth;
using LinkedInExports.Emulator.Quotas;
using LinkedInExports.Emulator.Resumes;
using LinkedInExports.Emulator.Validation;

namespace LinkedInExports.Emulator;

/// <summary>The state of an emulator.</summary>
internal sealed class EmulatorState
{
    internal EmulatorState(EmulatorOptions options)
    {
        Options = options;
        Faults = new FaultPlan(options.TimeProvider);
        Tokens = new AccessTokens(options);
        RefreshTokens = new RefreshTokens(options);
        Application = new ClientApplication(options);
        ValidationJobs = new ValidationJobs(options);
        AnalyticsJobs = new AnalyticsJobs(options);
        Links = new SignedLinkStore(options);
        UploadLinks = new UploadLinks(options.TimeProvider, options.UploadLinkLifetime);
        Blobs = new BlobStore(options);
        Resumes = new ResumeStore(Blobs, options);
        Quota = new EmulatedResumeQuota(options);
        Log = new RequestLog(options.TimeProvider, options.LoggedRequests);
        Conformance = options.JudgesConformance ? new ConformanceMonitor(options.TimeProvider) : null;
    }

    internal EmulatorOptions Options { get; }

    internal FaultPlan Faults { get; }

    internal ResumeFaultPlan ResumeFaults { get; } = new();

    internal AccessTokens Tokens { get; }

    internal RefreshTokens RefreshTokens { get; }

    internal ClientApplication Application { get; }

    internal ValidationJobs ValidationJobs { get; }

    internal AnalyticsJobs AnalyticsJobs { get; }

    internal SignedLinkStore Links { get; }

    internal UploadLinks UploadLinks { get; }

    internal BlobStore Blobs { get; }

    internal ResumeStore Resumes { get; }

    internal EmulatedResumeQuota Quota { get; }

    internal ResponseCounts Responses { get; } = new();

    internal RequestLog Log { get; }

    /// <summary>Judges the client, or <c>null</c>.</summary>
    internal ConformanceMonitor? Conformance { get; }
}
