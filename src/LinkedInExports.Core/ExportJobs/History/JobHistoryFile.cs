using System.Text.Json;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.ExportJobs.History;

/// <summary>
/// A file of JSON lines in the user's data folder. Processes append to it one after the other. Each line has everything that
/// its process knew about a job, so a lost line loses little.
/// </summary>
/// <remarks>The lock is a separate file, because the file is replaced when it is too long.</remarks>
internal sealed class JobHistoryFile(FileSystem files, string folder)
{
    internal const int MaxLength = 2 * 1024 * 1024;
    internal const int MaxJobs = 1000;

    private readonly string _path = Path.Combine(folder, "jobs.jsonl");
    private readonly string _lockPath = Path.Combine(folder, "jobs.lock");

    /// <summary>What this process knows of the file; null before it has read it.</summary>
    private JobList? _known;

    /// <summary>Whether a line would repeat what this process knows of the file.</summary>
    internal bool IsKnown(JobHistoryEntry entry) => _known?.Contains(entry) == true;

    /// <summary>Appends a line, unless the file has the information.</summary>
    internal void Append(JobHistoryEntry entry)
    {
        files.CreatePrivateDirectory(folder);
        using Stream fileLock = LockedFile.Open(files, _lockPath);
        long length;
        using (Stream file = LockedFile.Open(files, _path))
        {
            _known ??= JobList.Parse(ReadToEnd(file));
            if (_known.Contains(entry))
                return;
            byte[] line = ToLine(_known.Add(entry));
            if (!EndsWithLineFeed(file))
                line = [(byte)'\n', .. line];
            file.Seek(0, SeekOrigin.End);
            file.Write(line, 0, line.Length);
            length = file.Length;
        }

        if (length > MaxLength)
            Shorten();
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileReadFailed"/>.</exception>
    internal JobList Read() =>
        FileErrors.TranslateRead(
            _path,
            () =>
            {
                if (!File.Exists(_path))
                    return new JobList();
                using Stream fileLock = LockedFile.Open(files, _lockPath);
                return ReadLocked();
            }
        );

    /// <summary>Replaces the file by one with a line for each of the newest jobs.</summary>
    private void Shorten()
    {
        byte[] content = [.. ReadLocked().Entries.Take(MaxJobs).Reverse().SelectMany(ToLine)];
        AtomicFileWriter.WriteAllBytes(files, _path, content, FileOpenFlags.OwnerOnly);
        _known = JobList.Parse(content);
    }

    private JobList ReadLocked()
    {
        using Stream? file = files.OpenRead(_path);
        return file is null ? new JobList() : JobList.Parse(ReadToEnd(file));
    }

    private static byte[] ReadToEnd(Stream file)
    {
        var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] ToLine(JobHistoryEntry entry) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(entry, JobHistoryJson.Default.JobHistoryEntry), (byte)'\n'];

    /// <summary>Whether the file is empty, or its last line is complete. A process may have ended while it wrote one.</summary>
    private static bool EndsWithLineFeed(Stream file)
    {
        if (file.Length == 0)
            return true;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }
}
