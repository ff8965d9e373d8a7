using System.Text.Json;

namespace LinkedInExports.Core.ExportJobs.History;

/// <summary>The last known state of each job of a history file.</summary>
internal sealed class JobList
{
    private readonly Dictionary<(string Api, bool IsCrmValidation, long JobId), JobHistoryEntry> _entries = [];

    /// <summary>The number of lines that could not be read.</summary>
    internal int DamagedLineCount { get; private set; }

    /// <summary>The jobs, the newest first. LinkedIn's times are in seconds: of equal ones, the last recorded one.</summary>
    internal IEnumerable<JobHistoryEntry> Entries =>
        _entries.Values.Reverse().OrderByDescending(entry => entry.CreatedOrRecordedAt);

    /// <summary>Reads the lines of a file.</summary>
    internal static JobList Parse(byte[] content)
    {
        var list = new JobList();
        for (int start = 0; start < content.Length; )
        {
            int length = content.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
                length = content.Length - start;
            list.AddLine(content.AsSpan(start, length));
            start += length + 1;
        }

        return list;
    }

    /// <summary>Whether the information is known.</summary>
    internal bool Contains(JobHistoryEntry entry) =>
        _entries.TryGetValue(entry.Key, out JobHistoryEntry? known) && known.Merge(entry) == known;

    /// <summary>Adds information about a job.</summary>
    /// <returns>Everything that is known about the job.</returns>
    internal JobHistoryEntry Add(JobHistoryEntry entry)
    {
        JobHistoryEntry merged = _entries.TryGetValue(entry.Key, out JobHistoryEntry? known) ? known.Merge(entry) : entry;
        _entries[entry.Key] = merged;
        return merged;
    }

    private void AddLine(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
            return;
        try
        {
            if (JsonSerializer.Deserialize(line, JobHistoryJson.Default.JobHistoryEntry) is { IsValid: true } entry)
                Add(entry);
            else
                DamagedLineCount++;
        }
        catch (JsonException)
        {
            DamagedLineCount++;
        }
    }
}
