namespace LinkedInExports;

/// <summary>A Sales Navigator contract on which the signed-in member has a seat.</summary>
public sealed class SalesContract
{
    /// <summary>The URN of the contract, <c>urn:li:contract:{id}</c>.</summary>
    public string Contract { get; init; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the member can export its data, which requires a reporting or administrator role.</summary>
    public bool HasReportingAccess { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Contract})";
}
