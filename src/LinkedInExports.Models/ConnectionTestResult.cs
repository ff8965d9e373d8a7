namespace LinkedInExports;

/// <summary>One of LinkedIn's certification points for the handling of tokens, tried on a connection.</summary>
public sealed class ConnectionTestResult
{
    /// <summary>LinkedIn's number of the point, <c>CRM-001</c> to <c>CRM-005</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it asks for.</summary>
    public string Requirement { get; init; } = "";

    /// <summary>Whether it was seen to hold.</summary>
    public bool Passed { get; init; }

    /// <summary>What was seen, or why it does not hold.</summary>
    public string Detail { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {(Passed ? "passed" : "failed")}";
}
