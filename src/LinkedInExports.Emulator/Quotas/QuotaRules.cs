using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Quotas;

/// <summary>The rules of a service, and then the quota of the day.</summary>
internal sealed class QuotaRules(IServiceRules service, ResumeQuota quota, QuotaScope kind) : IServiceRules
{
    public ApiResponse? Check(ApiRequest request) => service.Check(request) ?? quota.AdmitRequest(kind);

    public void Complete(ApiRequest request, ApiResponse response) => service.Complete(request, response);
}
