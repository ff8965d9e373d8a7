using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Quotas;

/// <summary>The rules of a service, and then the quota of the day.</summary>
internal sealed class QuotaRules(IRequestCheck service, EmulatedResumeQuota quota, QuotaScope kind) : IRequestCheck
{
    public EmulatorResponse? Check(EmulatorRequest request) => service.Check(request) ?? quota.AdmitRequest(kind);

    public void Complete(EmulatorRequest request, EmulatorResponse response) => service.Complete(request, response);
}
