using System.Globalization;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// Reports the progress of reading. The clock is checked only once in many rows, because that is slow.
/// </summary>
internal sealed class ImportProgress(FileStream file, IDiagnostics diagnostics, TimeProvider time)
{
    private const int CheckInterval = 2048;
    private const double Megabyte = 1024 * 1024;

    private readonly ProgressThrottle _throttle = new(time);
    private readonly long _started = time.GetTimestamp();

    /// <summary>The length in bytes when the file was opened; 0 for a pipe, whose length is unknown.</summary>
    private readonly long _length = file.CanSeek ? file.Length : 0;
    private long _rows;

    internal void ReportRow()
    {
        if (++_rows % CheckInterval != 0)
            return;

        ProgressUpdate update = CreateProgress();
        if (_throttle.ShouldReport(update))
            diagnostics.Progress(update);
    }

    internal void Complete()
    {
        if (_throttle.HasReported)
            diagnostics.Progress(CreateProgress() with { Completed = true });
    }

    private ProgressUpdate CreateProgress()
    {
        string activity = "Importing " + Path.GetFileName(file.Name);
        if (_length == 0)
            return new ProgressUpdate(activity, string.Format(CultureInfo.CurrentCulture, "{0:N0} rows", _rows));

        long position = Math.Min(file.Position, _length);
        return new ProgressUpdate(
            activity,
            string.Format(
                CultureInfo.CurrentCulture,
                "{0:N0} rows; {1:0.0} of {2:0.0} MB",
                _rows,
                position / Megabyte,
                _length / Megabyte
            ),
            (int)(100 * position / _length)
        )
        {
            TimeLeft =
                position > 0
                    ? TimeSpan.FromSeconds(time.GetElapsedTime(_started).TotalSeconds * (_length - position) / position)
                    : null,
        };
    }
}
