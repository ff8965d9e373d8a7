namespace LinkedInExports;

/// <summary>The response of an endpoint of LinkedIn's API, compared with its documentation.</summary>
public sealed class EndpointTestResult
{
    /// <summary>The request, such as <c>GET salesContracts?q=contractsByMember</c>.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Whether it returned what was expected; null if it was not called.</summary>
    public bool? Passed { get; init; }

    /// <summary>What was expected.</summary>
    public string Expected { get; init; } = "";

    /// <summary>What was returned, or why it was not called.</summary>
    public string Returned { get; init; } = "";

    /// <summary>The HTTP status; null without a response.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The cmdlets that need this endpoint.</summary>
    public IReadOnlyList<string> AffectedCommand { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Endpoint}: {(Passed is { } passed ? (passed ? "passed" : "failed") : "not tested")}";
}
