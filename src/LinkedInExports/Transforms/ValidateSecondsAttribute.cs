using System.Globalization;
using System.Management.Automation;

namespace LinkedInExports.Transforms;

/// <summary>A bound on a time span; the range attribute of PowerShell has none for them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateSecondsAttribute(double minimum) : ValidateArgumentsAttribute
{
    /// <summary>The shortest that is allowed, in seconds.</summary>
    public double Minimum { get; } = minimum;

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan time && time.TotalSeconds < Minimum)
        {
            throw new ValidationMetadataException(
                string.Format(CultureInfo.InvariantCulture, "The time is {0:c}, and has to be {1} s at least.", time, Minimum));
        }
    }
}
