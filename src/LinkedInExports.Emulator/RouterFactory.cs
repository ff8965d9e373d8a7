using LinkedInExports.Emulator.Analytics;
using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Contracts;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.OAuth;
using LinkedInExports.Emulator.Quotas;
using LinkedInExports.Emulator.Resumes;
using LinkedInExports.Emulator.Validation;

namespace LinkedInExports.Emulator;

/// <summary>Creates the endpoints of an emulator.</summary>
internal static class RouterFactory
{
    internal static Router Create(EmulatorState state, out DownloadEndpoint downloads)
    {
        var apiCheck = new RequestValidation(state.Tokens, RestLiProtocolVersion.Check, state.Options);
        var olderApiCheck = new RequestValidation(state.Tokens, RestLiProtocolVersion.CheckEither, state.Options);
        downloads = new DownloadEndpoint(state.Links, state.UploadLinks, state.Tokens, state.Options);
        var validation = new ValidationEndpoints(state.ValidationJobs, state.Links, apiCheck, state.Options);
        var contracts = new ContractsEndpoint(apiCheck, state.Options);
        var analytics = new AnalyticsEndpoints(state.AnalyticsJobs, state.Links, apiCheck, state.Options);
        var oauth = new OAuthHost(state.Application, state.Tokens, state.RefreshTokens, state.Options);
        var mediaUrl = new MediaUrlEndpoint(
            state.UploadLinks,
            state.Links,
            new QuotaRules(apiCheck, state.Quota, QuotaScope.HireMediaUrl),
            state.Options
        );
        var uploads = new UploadEndpoint(
            state.UploadLinks,
            state.Blobs,
            state.Tokens,
            () => state.Quota.AdmitRequest(QuotaScope.Uploads),
            state.Options
        );
        var resumes = new ResumeEndpoints(
            state.Resumes,
            state.Quota,
            state.ResumeFaults,
            state.Links,
            new QuotaRules(olderApiCheck, state.Quota, QuotaScope.CandidateResumes),
            state.Options
        );
        return new Router(
            [
                .. validation.Operations,
                .. contracts.Operations,
                .. analytics.Operations,
                .. downloads.Operations,
                .. mediaUrl.Operations,
                .. uploads.Operations,
                .. resumes.Operations,
                .. oauth.Operations,
            ],
            new QueryTunnel(state.Options)
        );
    }
}
