using System.Globalization;
using System.Text;

namespace LinkedInExports;

/// <summary>
/// What a command has done. It is the message data of the information record that ends a command that can take minutes.
/// </summary>
public sealed record CommandSummary
{
    /// <summary>The tag of the information record.</summary>
    public const string Tag = "LinkedInExports.Summary";

    /// <summary>The name of the command.</summary>
    public required string Command { get; init; }

    /// <summary>What the counts refer to.</summary>
    public required CommandItem ItemType { get; init; }

    /// <summary>The number of items that are done. They include resumes that were already in sync, and existing files.</summary>
    public required long Completed { get; init; }

    /// <summary>The number of items that failed.</summary>
    public required long Failed { get; init; }

    /// <summary>The number of items that are left for another run.</summary>
    public required long Remaining { get; init; }

    /// <summary>The number of rows of saved files.</summary>
    public required long RowCount { get; init; }

    /// <summary>The number of bytes that were received.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>The number of bytes that were sent.</summary>
    public required long BytesSent { get; init; }

    /// <summary>The duration of the command.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The time in which the command waited for jobs, for LinkedIn's limits, or before a retry.</summary>
    public required TimeSpan WaitingTime { get; init; }

    /// <summary>Returns the summary as one line.</summary>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        var text = new StringBuilder();
        text.AppendFormat(culture, "{0} completed {1:N0} {2}", Command, Completed, GetNoun());
        if (RowCount > 0)
            text.AppendFormat(culture, " with {0:N0} rows", RowCount);
        text.AppendFormat(culture, " in {0} ({1} waiting); ", Format(Duration), Format(WaitingTime));
        text.AppendFormat(culture, "{0:N0} failed, {1:N0} remaining. ", Failed, Remaining);
        text.AppendFormat(culture, "Received {0}, sent {1}.", FormatBytes(BytesReceived), FormatBytes(BytesSent));
        return text.ToString();
    }

    private string GetNoun() =>
        ItemType switch
        {
            CommandItem.Job => Completed == 1 ? "job" : "jobs",
            CommandItem.File => Completed == 1 ? "file" : "files",
            _ => Completed == 1 ? "resume" : "resumes",
        };

    /// <summary>Rounds to seconds; shorter times than ten seconds have tenths.</summary>
    private static string Format(TimeSpan time) =>
        time < TimeSpan.FromSeconds(10)
            ? time.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture) + " s"
            : TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)).ToString("c", CultureInfo.InvariantCulture);

    private static string FormatBytes(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < units.Length - 1; unit++)
            value /= 1024;
        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.CurrentCulture) + " " + units[unit];
    }
}
