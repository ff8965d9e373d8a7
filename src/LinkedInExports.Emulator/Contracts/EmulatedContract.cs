namespace LinkedInExports.Emulator.Contracts;

/// <summary>A Sales Navigator contract on which the member has a seat.</summary>
/// <param name="Id">The number in <c>urn:li:contract:{id}</c>.</param>
/// <param name="Name">The display name.</param>
/// <param name="HasReportingAccess">Whether the member may export its data.</param>
/// <param name="Description">The description, or <c>null</c> to omit it from the response.</param>
public sealed record EmulatedContract(long Id, string Name, bool HasReportingAccess = true, string? Description = null)
{
    // Leaves digits for the ids that are derived from it.
    private const long MaxId = 999_999_999_999;

    /// <summary>Creates sample contracts. All but the second have reporting access.</summary>
    internal static IReadOnlyList<EmulatedContract> CreateSamples(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number =>
                    number switch
                    {
                        1 => new EmulatedContract(
                            7001,
                            "Fabrikam EMEA",
                            Description: "Sellers in Europe, Middle East and Africa"
                        ),
                        2 => new EmulatedContract(7002, "Fabrikam Pilot", HasReportingAccess: false),
                        3 => new EmulatedContract(7003, "Fabrikam Americas"),
                        _ => new EmulatedContract(7000 + number, $"Fabrikam Team {number}"),
                    }
                ),
        ];

    internal static void Validate(IReadOnlyList<EmulatedContract> contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        foreach (EmulatedContract contract in contracts)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(contract.Id);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(contract.Id, MaxId);
        }

        if (contracts.DistinctBy(contract => contract.Id).Count() != contracts.Count)
            throw new ArgumentException("Two contracts have the same id.", nameof(contracts));
    }
}
