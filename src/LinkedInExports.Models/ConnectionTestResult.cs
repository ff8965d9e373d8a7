namespace LinkedInExports;

/// <summary>The result of one of LinkedIn's certification tests for token handling.</summary>
public sealed class ConnectionTestResult
{
    /// <summary>LinkedIn's number of the test, <c>CRM-001</c> to <c>CRM-005</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The requirement that was tested.</summary>
    public string Requirement { get; init; } = "";

    /// <summary>Whether the requirement is met.</summary>
    public bool Passed { get; init; }

    /// <summary>What was observed, or why the test failed.</summary>
    public string Detail { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {(Passed ? "passed" : "failed")}";
}
