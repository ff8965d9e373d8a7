using System.Globalization;

namespace LinkedInExports.Core.Time;

/// <summary>
/// The clock of a connection to a server on this machine. If the server is the emulator, its responses announce how much faster
/// its clock runs, and the limits, delays and deadlines of the connection follow it. Connections to other addresses never have
/// this clock.
/// </summary>
internal sealed class EmulatorClock : TimeProvider
{
    /// <summary>The scale, and the time at which the clock of the emulator was equal to that of the system.</summary>
    internal const string Header = "X-Emulator-Clock";

    private readonly TimeProvider _system;
    private volatile Scaled? _scaled;

    private EmulatorClock(TimeProvider system) => _system = system;

    public override long TimestampFrequency => _system.TimestampFrequency;

    /// <summary>Creates the clock of a connection: that of the system for a server that cannot be the emulator.</summary>
    internal static TimeProvider Create(Uri address, TimeProvider system) =>
        address.IsLoopback && address.Scheme == Uri.UriSchemeHttp ? new EmulatorClock(system) : system;

    /// <summary>Gets the clock of the system, for the timeouts of the network and the times of files.</summary>
    internal static TimeProvider GetSystem(TimeProvider time) => time is EmulatorClock clock ? clock._system : time;

    /// <summary>Follows the clock of the emulator if a response announces it.</summary>
    internal static void Synchronize(TimeProvider time, HttpResponseMessage response)
    {
        if (
            time is EmulatorClock { _scaled: null } clock
            && response.Headers.TryGetValues(Header, out IEnumerable<string>? values)
            && values.First().Split(';') is [var scaleText, var originText]
            && double.TryParse(scaleText, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double scale)
            && scale >= 1
            && DateTimeOffset.TryParse(
                originText,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset origin
            )
        )
        {
            clock._scaled = new Scaled(scale, origin, clock._system.GetTimestamp());
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        DateTimeOffset now = _system.GetUtcNow();
        return _scaled is { } scaled ? scaled.Origin + Multiply(now - scaled.Origin, scaled.Scale) : now;
    }

    /// <summary>Is continuous when the scale changes, so that no duration is negative.</summary>
    public override long GetTimestamp()
    {
        long now = _system.GetTimestamp();
        return _scaled is { } scaled ? scaled.Timestamp + (long)((now - scaled.Timestamp) * scaled.Scale) : now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(_system.CreateTimer(callback, state, ToSystem(dueTime), ToSystem(period)), this);

    private static TimeSpan Multiply(TimeSpan time, double factor) => TimeSpan.FromTicks((long)(time.Ticks * factor));

    /// <summary>Converts a delay. It is rounded up to a millisecond, which is the resolution of timers.</summary>
    private TimeSpan ToSystem(TimeSpan delay) =>
        delay <= TimeSpan.Zero || _scaled is not { } scaled
            ? delay
            : TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds / scaled.Scale));

    private sealed record Scaled(double Scale, DateTimeOffset Origin, long Timestamp);

    private sealed class Timer(ITimer timer, EmulatorClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.ToSystem(dueTime), clock.ToSystem(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
