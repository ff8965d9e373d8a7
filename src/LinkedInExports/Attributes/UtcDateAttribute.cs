using System.Globalization;
using System.Management.Automation;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Attributes;

/// <summary>
/// Converts a date without a time, such as 2025-12-31, to midnight in UTC, because LinkedIn's days are in UTC. PowerShell would
/// convert it to midnight in the local time zone.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UtcDateAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd"];

    /// <summary>Whether the day is included, so that the instant is the start of the next day.</summary>
    public bool EndOfDay { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (
            inputData.Unwrap() is not string text
            || !DateTimeOffset.TryParseExact(
                text.Trim(),
                Formats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset day
            )
        )
        {
            return inputData;
        }

        return EndOfDay ? day.AddDays(1) : day;
    }
}
