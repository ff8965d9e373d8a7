using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>Until when LinkedIn keeps a file that a ledger knows of.</summary>
internal static class Retention
{
    /// <summary>When LinkedIn deletes the file; null for never, and where nothing is known of it.</summary>
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

    /// <summary>Whether a file is kept for the period that is wanted now.</summary>
    internal static bool Matches(LedgerEntry line, RetentionPeriod? period) =>
        line.RetainFor == period?.Milliseconds && line.RetainMonths == period?.Months;
}
