using System.Diagnostics;

namespace LinkedInExports.Core.Telemetry;

/// <summary>A wait for LinkedIn's limits, as a span, in the metrics and in the totals of the command.</summary>
internal sealed class ThrottledWait : IDisposable
{
    private readonly string _reason;
    private readonly TraceSpan _span;
    private readonly CommandTotals? _totals = CommandTotals.Current;
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _isDisposed;

    private ThrottledWait(string reason)
    {
        _reason = reason;
        _span = TraceSpan.StartDetached("throttle").With(TelemetryAttribute.ThrottleReason, reason);
        _totals?.BeginWait();
    }

    /// <summary>Begins a wait, which ends when it is disposed.</summary>
    /// <param name="reason">A constant of <see cref="ThrottleReason"/>.</param>
    internal static ThrottledWait Begin(string reason) => new(reason);

    /// <summary>Waits for a task.</summary>
    internal static async Task RunAsync(string reason, Task wait)
    {
        using (wait.IsCompleted ? null : Begin(reason))
            await wait.ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _span.Dispose();
        _totals?.EndWait();
        long ticks = Stopwatch.GetTimestamp() - _started;
        ModuleMetrics.AddThrottled(TimeSpan.FromSeconds(ticks / (double)Stopwatch.Frequency), _reason);
    }
}
