namespace LinkedInExports;

/// <summary>A Sales Navigator contract on which the signed-in member has a seat.</summary>
public sealed class SalesContract
{
    /// <summary>Its name at LinkedIn, <c>urn:li:contract:{id}</c>.</summary>
    public string Contract { get; init; } = "";

    /// <summary>What its owner calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What its owner says of it, if anything.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the member may export its data: that takes a reporting or administrator role.</summary>
    public bool HasReportingAccess { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Contract})";
}
