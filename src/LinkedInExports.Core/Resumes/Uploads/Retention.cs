using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>The retention of the uploaded files of a ledger.</summary>
internal static class Retention
{
    /// <summary>Gets the time at which LinkedIn deletes a file; null for never, or if it is unknown.</summary>
    internal static DateTimeOffset? GetEnd(LedgerEntry line)
    {
        if (line.UploadedAt is not { } uploaded)
            return null;
        DateTimeOffset uploadedAt = DateTimeOffset.FromUnixTimeMilliseconds(uploaded);
        try
        {
            return line.RetainMonths is { } months ? uploadedAt.AddMonths(checked((int)months))
                : line.RetainFor is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(checked(uploaded + milliseconds))
                : null;
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            return null; // Longer than the calendar.
        }
    }

    /// <summary>Whether the retention period of a file equals the requested one.</summary>
    internal static bool Matches(LedgerEntry line, RetentionPeriod? period) =>
        line.RetainFor == period?.Milliseconds && line.RetainMonths == period?.Months;
}
