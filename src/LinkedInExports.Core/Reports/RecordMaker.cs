using System.Globalization;
using LinkedInExports.Core.Records;

namespace LinkedInExports.Core.Reports;

/// <summary>Makes records of objects that have the properties of records.</summary>
internal static class RecordMaker
{
    /// <summary>The record that the object stands for.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.UnknownExportKind"/>: it has the properties of no record, or a value that cannot be one of its.
    /// </exception>
    internal static object Make(IReportRow row)
    {
        if (Has(row, "CandidateId", "ResumeId", "Outcome"))
            return Sync(row);
        return Columns.KindOf(row.Names) switch
        {
            ExportKind.CrmValidation => Validation(row),
            ExportKind.Activity => Activity(row),
            ExportKind.ActivityOutcome => Outcome(row),
            _ => Columns.IndexOf(row.Names, "seatId") >= 0
                ? new SeatRecord(row.Names, [.. row.Names.Select(name => Text(row[name]))])
                : throw Unknown($"An object with the properties {Columns.Describe(row.Names)} is no record of an export."),
        };
    }

    private static SyncRow Sync(IReportRow row) => new(
        Text(row["CandidateId"]),
        Text(row["ResumeId"]),
        Text(row["Outcome"]),
        Text(row["StatusCode"]),
        Text(row["Reason"]),
        Time(row["CompletedAt"], "CompletedAt"));

    private static CrmValidationRecordWithExtraColumns Validation(IReportRow row)
    {
        Layout layout = LayoutOf(row, ExportKind.CrmValidation);
        return new CrmValidationRecordWithExtraColumns(
            TextOf("crmId"),
            TextOf("crmRecordType"),
            TimeOf("expiredAt")?.ToUnixTimeMilliseconds(),
            TimeOf("createdAt")?.ToUnixTimeMilliseconds(),
            layout.ExtraNames,
            Extra(row, layout));

        string? TextOf(string column) => Text(row, layout, column);
        DateTimeOffset? TimeOf(string column) => Time(Value(row, layout, column), column);
    }

    private static SalesActivityRecordWithExtraColumns Activity(IReportRow row)
    {
        Layout layout = LayoutOf(row, ExportKind.Activity);
        string member = Text(row, layout, "memberIdentityKey") ?? "";
        return new SalesActivityRecordWithExtraColumns(
            Text(row, layout, "activityId"),
            Text(row, layout, "activityType"),
            Time(Value(row, layout, "createdAt"), "createdAt"),
            Seat(Text(row, layout, "seatId") ?? ""),
            member.Length == 0 ? null : member,
            layout.ExtraNames,
            Extra(row, layout));
    }

    private static ActivityOutcomeRecord Outcome(IReportRow row)
    {
        Layout layout = LayoutOf(row, ExportKind.ActivityOutcome);
        return new ActivityOutcomeRecord(
            Text(row, layout, "activityId"), Text(row, layout, "activityType"), layout.ExtraNames, Extra(row, layout));
    }

    private static long? Seat(string text) => text.Length == 0 ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number != SalesActivityRecord.Missing ? number
        : throw Unknown("The seatId of an activity is not a whole number.");

    private static Layout LayoutOf(IReportRow row, ExportKind kind) => Layout.Of(row.Names, kind, "An object");

    private static string[] Extra(IReportRow row, Layout layout) => [.. layout.ExtraIndexes.Select(index => Text(row[row.Names[index]]))];

    private static object? Value(IReportRow row, Layout layout, string column) => layout.Has(column) ? row[row.Names[layout.IndexOf(column)]] : null;

    /// <summary>The text of a property; null where the object has none.</summary>
    private static string? Text(IReportRow row, Layout layout, string column) => layout.Has(column) ? Text(Value(row, layout, column)) : null;

    private static bool Has(IReportRow row, params string[] names) => names.All(name => row.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A time as PowerShell or LinkedIn writes it: an object, text, or milliseconds since 1970; null for none.</summary>
    private static DateTimeOffset? Time(object? value, string name)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        switch (value)
        {
            case DateTimeOffset time:
                return time;
            case DateTime { Kind: DateTimeKind.Unspecified } time:
                return new DateTimeOffset(time, TimeSpan.Zero);
            case DateTime time:
                return new DateTimeOffset(time);
        }

        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (text.Length == 0)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long milliseconds) && EpochMilliseconds.IsInRange(milliseconds))
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return ActivityTime.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out DateTimeOffset activityTime) ? activityTime
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTimeOffset invariant) ? invariant
            : DateTimeOffset.TryParse(text, CultureInfo.CurrentCulture, Utc, out DateTimeOffset current) ? current // As Export-Csv writes it.
            : throw Unknown($"The {name} of an object is not a time.");
    }

    private static LinkedInException Unknown(string message) => new(LinkedInErrorId.UnknownExportKind, message);
}
