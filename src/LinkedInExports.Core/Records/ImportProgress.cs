using System.Globalization;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Records;

/// <summary>How far a file is read. It looks at the clock once in many rows only: rows come by the million a second.</summary>
internal sealed class ImportProgress(FileStream file, long length, IMessages messages, TimeProvider time)
{
    private const int RowsBetweenLooks = 2048;
    private const double Megabyte = 1024 * 1024;

    private readonly ProgressPace _pace = new(time);
    private readonly long _started = time.GetTimestamp();
    private long _rows;

    internal void Row()
    {
        if (++_rows % RowsBetweenLooks != 0)
            return;

        ProgressUpdate update = Update();
        if (_pace.IsDue(update))
            messages.Progress(update);
    }

    internal void End()
    {
        if (_pace.HasShown)
            messages.Progress(Update() with { Completed = true });
    }

    private ProgressUpdate Update()
    {
        long position = Math.Min(file.Position, length);
        return new ProgressUpdate(
            "Importing " + Path.GetFileName(file.Name),
            string.Format(CultureInfo.CurrentCulture, "{0:N0} rows; {1:0.0} of {2:0.0} MB", _rows, position / Megabyte, length / Megabyte),
            (int)(100 * position / length))
        {
            TimeLeft = position > 0 ? TimeSpan.FromSeconds(time.GetElapsedTime(_started).TotalSeconds * (length - position) / position) : null,
        };
    }
}
