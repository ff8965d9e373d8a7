namespace LinkedInExports.Emulator.Faults;

/// <summary>The faults of a request: any number of latencies, and at most one other.</summary>
internal sealed record AppliedFaults(TimeSpan Delay, Fault? Main, string? Name)
{
    public bool Has(FaultKind kind) => Main?.Kind == kind;
}
