namespace LinkedInExports.Core.Http;

/// <summary>How requests are sent.</summary>
/// <param name="Retry">How often, and with which timeouts.</param>
/// <param name="Time">The clock.</param>
/// <param name="ApiVersion">The value of <c>LinkedIn-Version</c>, <c>YYYYMM</c>; null to send none.</param>
internal sealed record PipelineOptions(RetryOptions Retry, TimeProvider Time, string? ApiVersion);
