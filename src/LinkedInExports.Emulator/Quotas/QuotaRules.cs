using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Quotas;

/// <summary>Adds the daily quota to the checks of a service.</summary>
internal sealed class QuotaRules(IRequestCheck service, EmulatedResumeQuota quota, QuotaScope scope) : IRequestCheck
{
    public EmulatorResponse? Check(EmulatorRequest request) => service.Check(request) ?? quota.AdmitRequest(scope);

    public void Complete(EmulatorRequest request, EmulatorResponse response) => service.Complete(request, response);
}
