namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>A mutation and the answers that it changes.</summary>
/// <param name="Endpoint">Only answers of this endpoint; null for any.</param>
/// <param name="Skip">Answers of it that pass first.</param>
/// <param name="Times">Answers that are changed; a large number for all.</param>
/// <param name="Mutation">The change.</param>
internal sealed record Change(Endpoint? Endpoint, int Skip, int Times, Mutation Mutation)
{
    internal const int Always = 1_000_000;
}

/// <summary>All that is changed in one run, and the settings of the server that vary.</summary>
internal sealed record Scenario(int Variant, Change[] Changes)
{
    public override string ToString() => $"variant {Variant}{string.Concat(Changes.Select(change => $"\n  {change}"))}";
}
