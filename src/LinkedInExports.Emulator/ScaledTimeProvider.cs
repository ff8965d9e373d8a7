using System.Globalization;

namespace LinkedInExports.Emulator;

/// <summary>A clock that runs faster than that of the system since its creation.</summary>
public sealed class ScaledTimeProvider : TimeProvider
{
    private readonly DateTimeOffset _origin;
    private readonly double _scale;

    /// <summary>Initializes a clock that is equal to that of the system now.</summary>
    /// <param name="scale">The number of seconds in a second of the system.</param>
    public ScaledTimeProvider(double scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        _scale = scale;
        _origin = System.GetUtcNow();
    }

    /// <summary>The name of the response header that announces the clock.</summary>
    internal const string Header = "X-Emulator-Clock";

    /// <summary>The value of the header: the scale, and the time at which both clocks were equal.</summary>
    internal string Announcement =>
        string.Create(CultureInfo.InvariantCulture, $"{_scale:0.###};{_origin.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'}");

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _origin + ((System.GetUtcNow() - _origin) * _scale);
}
