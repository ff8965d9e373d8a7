using System.Globalization;
using System.Management.Automation;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Attributes;

/// <summary>
/// Converts the value of a retention period: a time span, a number with a unit such as '6 months', or a number of seconds, as
/// in the other parameters of this module for times.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RetentionAttribute : ArgumentTransformationAttribute
{
    private static readonly SecondsAttribute Spans = new(minimum: 1);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData.Unwrap();
        if (input is null or RetentionPeriod)
            return input;
        try
        {
            if (Spans.Transform(engineIntrinsics, input) is TimeSpan span)
                return (RetentionPeriod)span;
            return RetentionPeriod.Parse(Convert.ToString(input, CultureInfo.InvariantCulture) ?? "");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(exception.Message, exception);
        }
    }
}
