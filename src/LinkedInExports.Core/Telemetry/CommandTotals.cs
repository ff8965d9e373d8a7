using System.Diagnostics;

namespace LinkedInExports.Core.Telemetry;

/// <summary>What a command transferred, and how long it waited. Thread-safe.</summary>
public sealed class CommandTotals
{
    private static readonly AsyncLocal<CommandTotals?> CurrentTotals = new();

    private readonly object _gate = new();
    private readonly Stopwatch _duration = Stopwatch.StartNew();
    private readonly Stopwatch _waiting = new();
    private int _waits;
    private long _bytesReceived;
    private long _bytesSent;
    private long _rows;

    /// <summary>The totals of the command that runs in this flow of execution, or null.</summary>
    internal static CommandTotals? Current
    {
        get => CurrentTotals.Value;
        set => CurrentTotals.Value = value;
    }

    /// <summary>The bytes of response bodies.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>The bytes of request bodies.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>The rows of saved files.</summary>
    public long RowCount => Interlocked.Read(ref _rows);

    /// <summary>The time since the start of the command.</summary>
    public TimeSpan Duration => _duration.Elapsed;

    /// <summary>The time in which at least one operation of the command waited for LinkedIn.</summary>
    public TimeSpan WaitingTime
    {
        get
        {
            lock (_gate)
                return _waiting.Elapsed;
        }
    }

    internal void AddReceived(long bytes) => Interlocked.Add(ref _bytesReceived, bytes);

    internal void AddSent(long bytes) => Interlocked.Add(ref _bytesSent, bytes);

    internal void AddRows(long rows) => Interlocked.Add(ref _rows, rows);

    internal void BeginWait()
    {
        lock (_gate)
        {
            if (_waits++ == 0)
                _waiting.Start();
        }
    }

    internal void EndWait()
    {
        lock (_gate)
        {
            if (--_waits == 0)
                _waiting.Stop();
        }
    }
}
