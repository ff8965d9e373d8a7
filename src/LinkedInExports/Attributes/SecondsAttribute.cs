using System.Globalization;
using System.Management.Automation;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Attributes;

/// <summary>
/// Converts a number to seconds, like -Timeout of PowerShell's own commands: as a time span, 60 would be 60 ticks, and "60"
/// would be 60 days. Also validates a minimum, because ValidateRange does not support time spans.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute(double minimum) : ArgumentTransformationAttribute
{
    /// <summary>The minimum time, in seconds.</summary>
    public double Minimum { get; } = minimum;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData.Unwrap();
        TimeSpan? time = input switch
        {
            TimeSpan value => value,
            int or long or double or decimal => Seconds(Convert.ToDouble(input, CultureInfo.InvariantCulture)),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) =>
                Seconds(seconds),
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan parsed) => parsed,
            _ => null,
        };
        return time is not { } span ? inputData
            : span.TotalSeconds >= Minimum ? span
            : throw new ArgumentTransformationMetadataException(
                string.Format(CultureInfo.InvariantCulture, "The time is {0:c}, but must be at least {1} s.", span, Minimum)
            );
    }

    private static TimeSpan Seconds(double seconds) =>
        seconds >= TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue
        : seconds <= TimeSpan.MinValue.TotalSeconds ? TimeSpan.MinValue
        : TimeSpan.FromSeconds(seconds);
}
