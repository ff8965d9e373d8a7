using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;

namespace LinkedInExports.TypeAdapters;

/// <summary>
/// Times and lists with the text that Export-Csv writes: ISO 8601 in UTC with milliseconds in each culture, and items that are
/// separated by spaces. Otherwise, Export-Csv would write the format of the session's culture, and the name of the list's type.
/// </summary>
/// <remarks>
/// Each public method is a property of records in LinkedInExports.Types.ps1xml, which replaces the property of the same name.
/// That is faster than an adapter. Properties without times are replaced as well, to keep the order of the columns.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CsvValues
{
    /// <summary>The property CrmId.</summary>
    public static object? CrmId(PSObject instance) => ((CrmValidationRecord)instance.BaseObject).CrmId;

    /// <summary>The property CrmRecordType.</summary>
    public static object? CrmRecordType(PSObject instance) => ((CrmValidationRecord)instance.BaseObject).CrmRecordType;

    /// <summary>The property ActivityId.</summary>
    public static object? ActivityId(PSObject instance) => ((SalesActivityRecord)instance.BaseObject).ActivityId;

    /// <summary>The property ActivityType.</summary>
    public static object? ActivityType(PSObject instance) => ((SalesActivityRecord)instance.BaseObject).ActivityType;

    /// <summary>The property SeatId.</summary>
    public static object? SeatId(PSObject instance) => ((SalesActivityRecord)instance.BaseObject).SeatId;

    /// <summary>The property MemberIdentityKey.</summary>
    public static object? MemberIdentityKey(PSObject instance) => ((SalesActivityRecord)instance.BaseObject).MemberIdentityKey;

    /// <summary>The property ExpiredAt.</summary>
    public static object? ExpiredAt(PSObject instance) => Time(((CrmValidationRecord)instance.BaseObject).ExpiredAt);

    /// <summary>The property CreatedAt.</summary>
    public static object? CreatedAt(PSObject instance) =>
        Time(
            instance.BaseObject is CrmValidationRecord record
                ? record.CreatedAt
                : ((SalesActivityRecord)instance.BaseObject).CreatedAt
        );

    /// <summary>Wraps a time or a list. Other values are returned unchanged.</summary>
    internal static object? Wrap(object? value) =>
        value switch
        {
            DateTimeOffset time => new TimeValue(time),
            IReadOnlyList<string> items => new ListValue(items),
            _ => value,
        };

    private static TimeValue? Time(DateTimeOffset? time) => time is { } value ? new TimeValue(value) : null;

    /// <summary>PowerShell treats it as a <see cref="DateTimeOffset"/>, except that Export-Csv calls ToString.</summary>
    private sealed class TimeValue(DateTimeOffset time) : PSObject(time)
    {
        private readonly DateTimeOffset _time = time;

        public override string ToString() =>
            _time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>PowerShell treats it as a list, except that Export-Csv calls ToString.</summary>
    private sealed class ListValue(IReadOnlyList<string> items) : PSObject(items)
    {
        private readonly IReadOnlyList<string> _items = items;

        public override string ToString() => string.Join(" ", _items);
    }
}
