using System.Globalization;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// The progress of all downloads of a run, in files and in bytes. The total in bytes includes only files whose length is
/// announced.
/// </summary>
internal sealed class SaveProgress(IDiagnostics diagnostics, TimeProvider time)
{
    private const string Activity = "Saving export files";
    private const double Megabyte = 1024 * 1024;

    /// <summary>A longer announced length is ignored, because it cannot be correct.</summary>
    private const long MaxFileLength = 1L << 50;

    private static readonly TimeSpan MaxTimeLeft = TimeSpan.FromDays(99);

    /// <summary>The minimum time between updates: data arrives thousands of times per second.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _started = time.GetTimestamp();
    private readonly TransferRate _rate = new(time);
    private long _reportedAt = long.MinValue;
    private long _announced;
    private long _received;
    private int _files;
    private int _filesDone;

    internal void AddFiles(int count) => Interlocked.Add(ref _files, count);

    internal void CompleteFile()
    {
        Interlocked.Increment(ref _filesDone);
        Report();
    }

    /// <summary>Adds a file that is about to be downloaded.</summary>
    internal Download BeginDownload() => new(this);

    private void ReportThrottled()
    {
        long reportedAt = Interlocked.Read(ref _reportedAt);
        if (reportedAt != long.MinValue && time.GetElapsedTime(reportedAt) < Interval)
            return;
        Interlocked.Exchange(ref _reportedAt, time.GetTimestamp());
        Report();
    }

    private void Report() => diagnostics.Progress(CreateProgress());

    private ProgressUpdate CreateProgress()
    {
        int files = Volatile.Read(ref _files);
        int done = Volatile.Read(ref _filesDone);
        double bytesPerSecond = _rate.Measure(Interlocked.Read(ref _received));
        ProgressUpdate update =
            files == 1
                ? CreateByteProgress(Activity, bytesPerSecond)
                : new ProgressUpdate(
                    Activity,
                    string.Format(CultureInfo.CurrentCulture, "{0} of {1} files", done, files),
                    (int)(100L * done / files)
                )
                {
                    TimeLeft =
                        bytesPerSecond > 0 && done > 0
                            ? CreateTimeLeft(time.GetElapsedTime(_started).TotalSeconds * (files - done) / done)
                            : null,
                    Step = CreateByteProgress("Downloading", bytesPerSecond),
                };
        return update with { Refresh = CreateProgress };
    }

    private ProgressUpdate CreateByteProgress(string activity, double bytesPerSecond)
    {
        long announced = Interlocked.Read(ref _announced);
        long received = Interlocked.Read(ref _received);
        string amount = announced > 0 ? "{0:0.0} of {1:0.0} MB" : "{0:0.0} MB";
        string rate = bytesPerSecond > 0 ? "; {2:0.0} MB/s" : "";
        return new ProgressUpdate(
            activity,
            string.Format(
                CultureInfo.CurrentCulture,
                amount + rate,
                received / Megabyte,
                announced / Megabyte,
                bytesPerSecond / Megabyte
            ),
            // More bytes than announced may arrive, because a file without an announced length counts as 0.
            announced > 0
                ? (int)Math.Min(100, 100 * received / announced)
                : -1
        )
        {
            TimeLeft =
                bytesPerSecond > 0 && announced >= received ? CreateTimeLeft((announced - received) / bytesPerSecond) : null,
        };
    }

    private static TimeSpan? CreateTimeLeft(double seconds) =>
        seconds < MaxTimeLeft.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The progress of one file. If its download is restarted, its bytes are subtracted from the total.</summary>
    internal sealed class Download(SaveProgress progress)
    {
        private long _announced;
        private long _received;

        /// <param name="length">The announced number of bytes, or null.</param>
        internal void Start(long? length)
        {
            if (length is < 0 or > MaxFileLength)
                length = null;
            Interlocked.Add(ref progress._received, -_received);
            Interlocked.Add(ref progress._announced, (length ?? 0) - _announced);
            _received = 0;
            _announced = length ?? 0;
        }

        internal void AddReceived(int bytes)
        {
            _received += bytes;
            Interlocked.Add(ref progress._received, bytes);
            progress.ReportThrottled();
        }
    }
}
