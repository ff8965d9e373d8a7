using System.Globalization;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Exports.Saving;

/// <summary>Adds up how far all downloads are.</summary>
internal sealed class SaveProgress(IMessages messages, TimeProvider time)
{
    private const double Megabyte = 1024 * 1024;

    private readonly long _started = time.GetTimestamp();
    private long _bytes;
    private int _files;
    private int _filesDone;

    internal void AddFiles(int count) => Interlocked.Add(ref _files, count);

    internal void FileDone()
    {
        Interlocked.Increment(ref _filesDone);
        Show();
    }

    internal void Arrived(int bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        Show();
    }

    private void Show()
    {
        double megabytes = Interlocked.Read(ref _bytes) / Megabyte;
        double seconds = Math.Max(0.001, time.GetElapsedTime(_started).TotalSeconds);
        int files = Volatile.Read(ref _files);
        int done = Volatile.Read(ref _filesDone);
        messages.Progress(new ProgressUpdate(
            "Saving export files",
            string.Format(CultureInfo.CurrentCulture, "{0} of {1} files; {2:0.0} MB, {3:0.0} MB/s", done, files, megabytes, megabytes / seconds),
            files == 0 ? -1 : 100 * done / files));
    }
}
