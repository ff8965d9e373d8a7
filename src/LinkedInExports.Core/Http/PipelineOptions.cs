using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Http;

/// <summary>Settings of the request pipeline.</summary>
/// <param name="Retry">Settings for retries and timeouts.</param>
/// <param name="Time">The clock.</param>
/// <param name="ApiVersion">The value of <c>LinkedIn-Version</c>, <c>YYYYMM</c>; null to send none.</param>
internal sealed record PipelineOptions(RetryOptions Retry, TimeProvider Time, string? ApiVersion)
{
    /// <summary>The clock of the network, for timeouts.</summary>
    internal TimeProvider NetworkTime { get; } = EmulatorClock.GetSystem(Time);
}
