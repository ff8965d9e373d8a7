using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Finds the records of a ledger that are missing from the input of a sync.</summary>
internal static class MissingResumes
{
    /// <summary>Finds the missing records. None are removed if the input may be incomplete or too many are missing.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="input">The complete input.</param>
    /// <param name="integrationContext">The organization, whose records are compared.</param>
    /// <param name="limit">The maximum number of missing records.</param>
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
                    + "treated as a mistake."
            );
        }

        if (input.WithoutIds > 0)
        {
            throw new LinkedInException(
                LinkedInErrorId.RemovalInputIncomplete,
                $"Nothing is removed: {FormatNumber(input.WithoutIds)} of the input have invalid ids, so it is "
                    + "unknown which records of the ledger are missing."
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
            "-RemoveMissing requires a ledger with the records of earlier runs. Specify -LedgerPath."
        );

    private static string FormatNumber(int records) => records == 1 ? "1 record" : $"{records} records";
}
