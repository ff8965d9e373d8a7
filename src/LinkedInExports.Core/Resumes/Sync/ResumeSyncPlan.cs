using System.Globalization;
using System.Text;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The plan of a sync, which is made without requests.</summary>
public sealed class ResumeSyncPlan
{
    /// <summary>The maximum number of <see cref="Findings"/>. The verbose messages contain all of them.</summary>
    public const int MaxFindings = 100;

    private const double Kilobyte = 1024;
    private const double Megabyte = 1024 * Kilobyte;

    /// <summary>The number of records in the input.</summary>
    public long InputCount { get; internal set; }

    /// <summary>The number of files that would be uploaded.</summary>
    public long Uploads { get; internal set; }

    /// <summary>The number of bytes that would be uploaded.</summary>
    public long Bytes { get; internal set; }

    /// <summary>The number of records that would be sent, including those whose file is uploaded already.</summary>
    public long Records { get; internal set; }

    /// <summary>The number of records in sync.</summary>
    public long Unchanged { get; internal set; }

    /// <summary>The number of files over 10 MB.</summary>
    public long TooLarge { get; internal set; }

    /// <summary>The number of files that are not PDF, DOC or TXT.</summary>
    public long WrongType { get; internal set; }

    /// <summary>The number of files that do not exist or cannot be read.</summary>
    public long Unreadable { get; internal set; }

    /// <summary>The number of records with an invalid id, time or source.</summary>
    public long Invalid { get; internal set; }

    /// <summary>The number of records with the same key as a later record.</summary>
    public long Superseded { get; internal set; }

    /// <summary>The records that would be removed because they are missing from the input.</summary>
    public IReadOnlyList<ResumeKey> Removals { get; internal set; } = [];

    /// <summary>
    /// The reasons why records cannot be sent or removed, in the order of the input, up to <see cref="MaxFindings"/>.
    /// </summary>
    public IReadOnlyList<string> Findings { get; internal set; } = [];

    /// <summary>The number of all findings.</summary>
    public long FindingCount { get; internal set; }

    /// <summary>The number of requests for files, batches and removals.</summary>
    public long Requests { get; internal set; }

    /// <summary>The number of days that the limit of requests requires, including the current day.</summary>
    public long Days { get; internal set; }

    /// <summary>The earliest end of the sync within LinkedIn's limits, in UTC. The network may be slower.</summary>
    public DateTimeOffset ExpectedEnd { get; internal set; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string format, params object[] values) =>
            text.AppendLine(string.Format(CultureInfo.CurrentCulture, format, values));
        Line(
            "Sync {0:N0} records of {1:N0}: upload {2:N0} files ({3:N1} {4}), {5:N0} requests.",
            Records,
            InputCount,
            Uploads,
            Bytes < Megabyte ? Bytes / Kilobyte : Bytes / Megabyte,
            Bytes < Megabyte ? "KB" : "MB",
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

        if (Requests > 0)
        {
            // Dates in the calendar of LinkedIn's limits, not in that of the user.
            string end = ExpectedEnd.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            Line(
                "Within the limits this takes {0:N0} {1}, until {2} UTC at the earliest.",
                Days,
                Days == 1 ? "day" : "days",
                end
            );
        }

        foreach (string finding in Findings)
            text.Append("  ").AppendLine(finding);
        if (FindingCount > Findings.Count)
            Line("  and {0:N0} more, which -Verbose shows.", FindingCount - Findings.Count);
        return text.ToString().TrimEnd();
    }
}
