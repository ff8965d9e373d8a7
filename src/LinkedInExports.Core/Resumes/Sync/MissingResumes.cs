using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The records of a ledger that the input of a sync does not have any more.</summary>
internal static class MissingResumes
{
    /// <summary>Finds the missing records. None are removed if the input may be incomplete or too many are missing.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="input">All of the input.</param>
    /// <param name="integrationContext">Records of other organizations are left alone.</param>
    /// <param name="limit">How many there may be.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.RemovalInputIncomplete"/>, <see cref="LinkedInErrorId.RemovalLimitExceeded"/>.
    /// </exception>
    internal static IReadOnlyList<ResumeKey> Find(
        ILedgerLookup ledger,
        InputStore input,
        string integrationContext,
        RemovalLimit limit,
        CancellationToken cancellationToken
    )
    {
        int records = 0;
        IReadOnlyList<ResumeKey> missing = ledger.Keys(
            key =>
            {
                if (key.IntegrationContext != integrationContext)
                    return false;
                records++;
                return !input.Contains(key);
            },
            cancellationToken
        );
        if (missing.Count == 0)
            return missing;
        if (input.Count == 0)
        {
            throw new LinkedInException(
                LinkedInErrorId.RemovalInputIncomplete,
                $"Nothing is removed: the input is empty, and the ledger has {FormatNumber(records)}. An empty input is "
                    + "taken for a mistake."
            );
        }

        if (input.WithoutIds > 0)
        {
            throw new LinkedInException(
                LinkedInErrorId.RemovalInputIncomplete,
                $"Nothing is removed: {FormatNumber(input.WithoutIds)} of the input have no ids that can be used, so which "
                    + "of the ledger's are missing is not certain."
            );
        }

        return limit.Allows(missing.Count, records)
            ? missing
            : throw new LinkedInException(
                LinkedInErrorId.RemovalLimitExceeded,
                $"Nothing is removed: of {FormatNumber(records)} in the ledger {missing.Count} are missing from the input, "
                    + $"and no more than {limit} may be removed."
            );
    }

    internal static LinkedInException CreateLedgerRequiredError() =>
        new(
            LinkedInErrorId.LedgerPathMissing,
            "-RemoveMissing needs a ledger, which knows the records of earlier runs. Give -LedgerPath."
        );

    private static string FormatNumber(int records) => records == 1 ? "1 record" : $"{records} records";
}
