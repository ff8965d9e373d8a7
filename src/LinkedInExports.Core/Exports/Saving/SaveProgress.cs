using System.Globalization;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Exports.Saving;

/// <summary>Adds up how far all downloads are: by bytes, as far as LinkedIn says how many there are, and by files.</summary>
internal sealed class SaveProgress(ICommandOutput messages, TimeProvider time)
{
    private const string Activity = "Saving export files";
    private const double Megabyte = 1024 * 1024;

    /// <summary>A server may announce any number; above this, none of it is true.</summary>
    private const long LargestFile = 1L << 50;

    private static readonly TimeSpan LongestTimeLeft = TimeSpan.FromDays(99);

    /// <summary>Bytes come thousands of times a second, and nobody looks that often.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _started = time.GetTimestamp();
    private long _shownAt = long.MinValue;
    private long _announced;
    private long _arrived;
    private int _files;
    private int _filesDone;

    internal void AddFiles(int count) => Interlocked.Add(ref _files, count);

    internal void FileDone()
    {
        Interlocked.Increment(ref _filesDone);
        Show();
    }

    /// <summary>A file that is about to be downloaded.</summary>
    internal Download Begin() => new(this);

    private void ShowNowAndThen()
    {
        long shownAt = Interlocked.Read(ref _shownAt);
        if (shownAt != long.MinValue && time.GetElapsedTime(shownAt) < Interval)
            return;
        Interlocked.Exchange(ref _shownAt, time.GetTimestamp());
        Show();
    }

    private void Show()
    {
        int files = Volatile.Read(ref _files);
        int done = Volatile.Read(ref _filesDone);
        messages.Progress(files == 1
            ? Bytes(Activity)
            : new ProgressUpdate(Activity, string.Format(CultureInfo.CurrentCulture, "{0} of {1} files", done, files), (int)(100L * done / files))
            {
                TimeLeft = Left(done, files),
                Step = Bytes("Downloading"),
            });
    }

    private ProgressUpdate Bytes(string activity)
    {
        long announced = Interlocked.Read(ref _announced);
        long arrived = Interlocked.Read(ref _arrived);
        string amount = announced > 0 ? "{0:0.0} of {1:0.0} MB; {2:0.0} MB/s" : "{0:0.0} MB; {2:0.0} MB/s";
        double perSecond = arrived / Math.Max(0.001, time.GetElapsedTime(_started).TotalSeconds);
        return new ProgressUpdate(
            activity,
            string.Format(CultureInfo.CurrentCulture, amount, arrived / Megabyte, announced / Megabyte, perSecond / Megabyte),
            // More may come than was announced: a file whose length nobody says has none.
            announced > 0 ? (int)Math.Min(100, 100 * arrived / announced) : -1)
        {
            TimeLeft = Left(arrived, announced),
        };
    }

    private TimeSpan? Left(long done, long all)
    {
        if (done <= 0 || all < done)
            return null;
        double seconds = time.GetElapsedTime(_started).TotalSeconds * (all - done) / done;
        return seconds < LongestTimeLeft.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>One file; when its download starts over, what had come is taken back.</summary>
    internal sealed class Download(SaveProgress all)
    {
        private long _announced;
        private long _arrived;

        /// <param name="length">How many bytes will come, if the server announces it.</param>
        internal void Start(long? length)
        {
            if (length is < 0 or > LargestFile)
                length = null;
            Interlocked.Add(ref all._arrived, -_arrived);
            Interlocked.Add(ref all._announced, (length ?? 0) - _announced);
            _arrived = 0;
            _announced = length ?? 0;
        }

        internal void Arrived(int bytes)
        {
            _arrived += bytes;
            Interlocked.Add(ref all._arrived, bytes);
            all.ShowNowAndThen();
        }
    }
}
