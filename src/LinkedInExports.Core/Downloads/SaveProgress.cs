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

    private void Report()
    {
        int files = Volatile.Read(ref _files);
        int done = Volatile.Read(ref _filesDone);
        diagnostics.Progress(
            files == 1
                ? CreateByteProgress(Activity)
                : new ProgressUpdate(
                    Activity,
                    string.Format(CultureInfo.CurrentCulture, "{0} of {1} files", done, files),
                    (int)(100L * done / files)
                )
                {
                    TimeLeft = EstimateTimeLeft(done, files),
                    Step = CreateByteProgress("Downloading"),
                }
        );
    }

    private ProgressUpdate CreateByteProgress(string activity)
    {
        long announced = Interlocked.Read(ref _announced);
        long received = Interlocked.Read(ref _received);
        string amount = announced > 0 ? "{0:0.0} of {1:0.0} MB; {2:0.0} MB/s" : "{0:0.0} MB; {2:0.0} MB/s";
        double perSecond = received / Math.Max(0.001, time.GetElapsedTime(_started).TotalSeconds);
        return new ProgressUpdate(
            activity,
            string.Format(CultureInfo.CurrentCulture, amount, received / Megabyte, announced / Megabyte, perSecond / Megabyte),
            // More bytes than announced may arrive, because a file without an announced length counts as 0.
            announced > 0
                ? (int)Math.Min(100, 100 * received / announced)
                : -1
        )
        {
            TimeLeft = EstimateTimeLeft(received, announced),
        };
    }

    private TimeSpan? EstimateTimeLeft(long done, long total)
    {
        if (done <= 0 || total < done)
            return null;
        double seconds = time.GetElapsedTime(_started).TotalSeconds * (total - done) / done;
        return seconds < MaxTimeLeft.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

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
