using System.Globalization;
using System.Management.Automation;

namespace LinkedInExports.TypeAdapters;

/// <summary>
/// Times as they come back from a file or another process: serialization has no form for a time with an offset, so what
/// arrives is a bag of its properties, or its text.
/// </summary>
internal static class SerializedTime
{
    internal static DateTimeOffset? Read(object? value) =>
        value switch
        {
            null => null,
            DateTimeOffset time => time,
            DateTime time => time,
            PSObject { BaseObject: not PSCustomObject } wrapped => Read(wrapped.BaseObject),
            PSObject bag
                when bag.Properties[nameof(DateTimeOffset.UtcDateTime)]?.Value is { } utc && Unwrap(utc) is DateTime time =>
                new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            object other => DateTimeOffset.Parse(other.ToString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        };

    private static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
