namespace LinkedInExports.Emulator.Faults;

/// <summary>The faults of one request: any latencies, then at most one other.</summary>
internal sealed record AppliedFaults(TimeSpan Delay, Fault? Main, string? Name)
{
    public bool Has(FaultKind kind) => Main?.Kind == kind;
}
