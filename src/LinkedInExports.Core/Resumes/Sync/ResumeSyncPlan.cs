using System.Globalization;
using System.Text;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>What a sync would do. Nothing was sent to find out.</summary>
public sealed class ResumeSyncPlan
{
    /// <summary>How many findings are kept. All of them are in the verbose messages.</summary>
    public const int MaxFindings = 100;

    /// <summary>Records that were given.</summary>
    public long InputCount { get; internal set; }

    /// <summary>Files that would be uploaded.</summary>
    public long Uploads { get; internal set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Records that would be sent, with those whose file is at LinkedIn already.</summary>
    public long Records { get; internal set; }

    /// <summary>Records that are in sync.</summary>
    public long Unchanged { get; internal set; }

    /// <summary>Files over 10 MB.</summary>
    public long TooLarge { get; internal set; }

    /// <summary>Files that are no PDF, DOC or TXT.</summary>
    public long WrongType { get; internal set; }

    /// <summary>Files that are not there or cannot be read.</summary>
    public long Unreadable { get; internal set; }

    /// <summary>Records with a wrong id, time or source.</summary>
    public long Invalid { get; internal set; }

    /// <summary>Records with the key of a later one.</summary>
    public long Superseded { get; internal set; }

    /// <summary>Records that would be removed, because they are missing from the input.</summary>
    public IReadOnlyList<ResumeKey> Removals { get; internal set; } = [];

    /// <summary>What cannot be done, and why, in the order of the input; the first <see cref="MaxFindings"/> of it.</summary>
    public IReadOnlyList<string> Findings { get; internal set; } = [];

    /// <summary>How much of the input cannot be sent, and what else cannot be done.</summary>
    public long FindingCount { get; internal set; }

    /// <summary>Requests that would be sent, for files, batches and removals.</summary>
    public long Requests { get; internal set; }

    /// <summary>How many days that takes within the limit of requests, the current day counted.</summary>
    public long Days { get; internal set; }

    /// <summary>When it would be through at the earliest, UTC: LinkedIn's limits allow no more. The line may be slower.</summary>
    public DateTimeOffset ExpectedEnd { get; internal set; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string form, params object[] values) =>
            text.AppendLine(string.Format(CultureInfo.CurrentCulture, form, values));
        Line(
            "Sync {0:N0} records of {1:N0}: upload {2:N0} files ({3:N1} MB), {4:N0} requests.",
            Records,
            InputCount,
            Uploads,
            Bytes / 1024.0 / 1024.0,
            Requests
        );
        Line(
            "Unchanged: {0:N0}. Too large: {1:N0}. Wrong type: {2:N0}. Unreadable: {3:N0}. Invalid: {4:N0}. Superseded: {5:N0}.",
            Unchanged,
            TooLarge,
            WrongType,
            Unreadable,
            Invalid,
            Superseded
        );
        if (Removals.Count > 0)
            Line("Missing from the input and to be removed at LinkedIn: {0:N0}.", Removals.Count);

        // Dates in the calendar of LinkedIn's limits, not in that of the user.
        string end = ExpectedEnd.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Line("Within the limits this takes {0:N0} {1}, until {2} UTC at the earliest.", Days, Days == 1 ? "day" : "days", end);
        foreach (string finding in Findings)
            text.Append("  ").AppendLine(finding);
        if (FindingCount > Findings.Count)
            Line("  and {0:N0} more, which -Verbose shows.", FindingCount - Findings.Count);
        return text.ToString().TrimEnd();
    }
}
