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
        if (HasAll(row, ExportKind.CrmValidation))
            return Validation(row);
        if (HasAll(row, ExportKind.Activity))
            return Activity(row);
        if (HasAll(row, ExportKind.ActivityOutcome))
            return Outcome(row);
        return Has(row, "seatId")
            ? new SeatRecord(row.Names, [.. row.Names.Select(name => Text(row, name))])
            : throw Unknown($"An object with the properties {Columns.Describe(row.Names)} is no record of an export.");
    }

    private static SyncRow Sync(IReportRow row) => new(
        Text(row, "CandidateId"),
        Text(row, "ResumeId"),
        Text(row, "Outcome"),
        Text(row, "StatusCode"),
        Text(row, "Reason"),
        Text(row, "CompletedAt").Length == 0 ? null : Time(row, "CompletedAt"));

    private static CrmValidationRecordWithExtraColumns Validation(IReportRow row)
    {
        (string[] names, string[] values) = Extra(row, ExportKind.CrmValidation);
        return new CrmValidationRecordWithExtraColumns(
            Text(row, "CrmId"),
            Text(row, "CrmRecordType"),
            Time(row, "ExpiredAt").ToUnixTimeMilliseconds(),
            Time(row, "CreatedAt").ToUnixTimeMilliseconds(),
            names,
            values);
    }

    private static SalesActivityRecordWithExtraColumns Activity(IReportRow row)
    {
        (string[] names, string[] values) = Extra(row, ExportKind.Activity);
        long seat = long.TryParse(Text(row, "SeatId"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Unknown("The SeatId of an activity is not a whole number.");
        string member = Text(row, "MemberIdentityKey");
        return new SalesActivityRecordWithExtraColumns(
            Text(row, "ActivityId"), Text(row, "ActivityType"), Time(row, "CreatedAt"), seat, member.Length == 0 ? null : member, names, values);
    }

    private static ActivityOutcomeRecord Outcome(IReportRow row)
    {
        (string[] names, string[] values) = Extra(row, ExportKind.ActivityOutcome);
        return new ActivityOutcomeRecord(Text(row, "ActivityId"), Text(row, "ActivityType"), names, values);
    }

    private static (string[] Names, string[] Values) Extra(IReportRow row, ExportKind kind)
    {
        string[] names = [.. row.Names.Where(name => !Columns.Of(kind).Contains(name, StringComparer.OrdinalIgnoreCase))];
        return (names, [.. names.Select(name => Text(row, name))]);
    }

    private static bool HasAll(IReportRow row, ExportKind kind) => Columns.AreIn(row.Names, kind);

    private static bool Has(IReportRow row, params string[] names) => names.All(name => row.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string Text(IReportRow row, string name) => row[name] switch
    {
        null => "",
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        object value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A time as PowerShell or LinkedIn writes it: an object, text, or milliseconds since 1970.</summary>
    private static DateTimeOffset Time(IReportRow row, string name)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        object? value = row[name];
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
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long milliseconds) && EpochMilliseconds.IsInRange(milliseconds))
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return ActivityTime.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out DateTimeOffset activityTime) ? activityTime
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTimeOffset invariant) ? invariant
            : DateTimeOffset.TryParse(text, CultureInfo.CurrentCulture, Utc, out DateTimeOffset current) ? current // As Export-Csv writes it.
            : throw Unknown($"The {name} of an object is not a time.");
    }

    private static LinkedInException Unknown(string message) => new(LinkedInErrorId.UnknownExportKind, message);
}
