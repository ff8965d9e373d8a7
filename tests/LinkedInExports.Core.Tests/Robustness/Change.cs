namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>A mutation and the responses that it changes.</summary>
/// <param name="Endpoint">Only responses of this endpoint; null for all endpoints.</param>
/// <param name="Skip">The number of responses that are not changed first.</param>
/// <param name="Times">The number of responses that are changed; a large number for all.</param>
/// <param name="Mutation">The change.</param>
internal sealed record Change(Endpoint? Endpoint, int Skip, int Times, Mutation Mutation)
{
    internal const int Always = 1_000_000;
}

/// <summary>The changes of one run, and the variant of the server's settings.</summary>
internal sealed record Scenario(int Variant, Change[] Changes)
{
    public override string ToString() => $"variant {Variant}{string.Concat(Changes.Select(change => $"\n  {change}"))}";
}
