using System.Globalization;
using System.Management.Automation;

namespace LinkedInExports.TypeAdapters;

/// <summary>
/// Reads times that were serialized. CLIXML has no type for a time with an offset, so it contains its properties or its text.
/// </summary>
internal static class SerializedTime
{
    internal static DateTimeOffset? Read(object? value) =>
        value.Unwrap() switch
        {
            null => null,
            DateTimeOffset time => time,
            DateTime time => time,
            PSObject properties when properties.Properties[nameof(DateTimeOffset.UtcDateTime)]?.Value.Unwrap() is DateTime time =>
                new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            object other => DateTimeOffset.Parse(other.ToString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        };
}
