using System.Globalization;
using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Reports;

/// <summary>Makes records of objects that have the properties of records.</summary>
internal static class RecordParser
{
    /// <summary>The record that the object stands for.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.UnknownExportType"/>: it has the properties of no record, or a value that cannot be one of its.
    /// </exception>
    internal static object Parse(IReportRow row)
    {
        if (HasColumn(row, "CandidateId", "ResumeId", "Outcome"))
            return ParseSyncRow(row);
        return ExportSchema.DetectExportType(row.Names) switch
        {
            ExportType.CrmValidation => ParseValidation(row),
            ExportType.Activity => ParseActivity(row),
            ExportType.ActivityOutcome => ParseOutcome(row),
            _ => ExportSchema.IndexOf(row.Names, "seatId") >= 0
                ? new SeatRecord(row.Names, [.. row.Names.Select(name => GetText(row[name]))])
                : throw CreateUnknownError(
                    $"An object with the properties {ExportSchema.DescribeHeader(row.Names)} is no record of an export."
                ),
        };
    }

    private static SyncRow ParseSyncRow(IReportRow row) =>
        new(
            GetText(row["CandidateId"]),
            GetText(row["ResumeId"]),
            GetText(row["Outcome"]),
            GetText(row["StatusCode"]),
            GetText(row["Reason"]),
            GetTime(row["CompletedAt"], "CompletedAt")
        );

    private static CrmValidationRecordWithExtraColumns ParseValidation(IReportRow row)
    {
        ColumnMap layout = GetColumnMap(row, ExportType.CrmValidation);
        return new CrmValidationRecordWithExtraColumns(
            TextOf("crmId"),
            TextOf("crmRecordType"),
            TimeOf("expiredAt")?.ToUnixTimeMilliseconds(),
            TimeOf("createdAt")?.ToUnixTimeMilliseconds(),
            layout.ExtraNames,
            GetExtra(row, layout)
        );

        string? TextOf(string column) => GetText(row, layout, column);
        DateTimeOffset? TimeOf(string column) => GetTime(GetValue(row, layout, column), column);
    }

    private static SalesActivityRecordWithExtraColumns ParseActivity(IReportRow row)
    {
        ColumnMap layout = GetColumnMap(row, ExportType.Activity);
        string member = GetText(row, layout, "memberIdentityKey") ?? "";
        return new SalesActivityRecordWithExtraColumns(
            GetText(row, layout, "activityId"),
            GetText(row, layout, "activityType"),
            GetTime(GetValue(row, layout, "createdAt"), "createdAt"),
            ParseSeat(GetText(row, layout, "seatId") ?? ""),
            member.Length == 0 ? null : member,
            layout.ExtraNames,
            GetExtra(row, layout)
        );
    }

    private static ActivityOutcomeRecord ParseOutcome(IReportRow row)
    {
        ColumnMap layout = GetColumnMap(row, ExportType.ActivityOutcome);
        return new ActivityOutcomeRecord(
            GetText(row, layout, "activityId"),
            GetText(row, layout, "activityType"),
            layout.ExtraNames,
            GetExtra(row, layout)
        );
    }

    private static long? ParseSeat(string text) =>
        text.Length == 0 ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        && number != SalesActivityRecord.Missing
            ? number
        : throw CreateUnknownError("The seatId of an activity is not a whole number.");

    private static ColumnMap GetColumnMap(IReportRow row, ExportType exportType) =>
        ColumnMap.Create(row.Names, exportType, "An object");

    private static string[] GetExtra(IReportRow row, ColumnMap layout) =>
        [.. layout.ExtraIndexes.Select(index => GetText(row[row.Names[index]]))];

    private static object? GetValue(IReportRow row, ColumnMap layout, string column) =>
        layout.Has(column) ? row[row.Names[layout.IndexOf(column)]] : null;

    /// <summary>The text of a property; null where the object has none.</summary>
    private static string? GetText(IReportRow row, ColumnMap layout, string column) =>
        layout.Has(column) ? GetText(GetValue(row, layout, column)) : null;

    private static bool HasColumn(IReportRow row, params string[] names) =>
        names.All(name => row.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string GetText(object? value) =>
        value switch
        {
            null => "",
            DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>A time as PowerShell or LinkedIn writes it: an object, text, or milliseconds since 1970; null for none.</summary>
    private static DateTimeOffset? GetTime(object? value, string name)
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
        if (
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long milliseconds)
            && EpochMilliseconds.IsInRange(milliseconds)
        )
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        return ActivityTime.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out DateTimeOffset activityTime) ? activityTime
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTimeOffset invariant) ? invariant
            // As Export-Csv writes it.
            : DateTimeOffset.TryParse(text, CultureInfo.CurrentCulture, Utc, out DateTimeOffset current) ? current
            : throw CreateUnknownError($"The {name} of an object is not a time.");
    }

    private static LinkedInException CreateUnknownError(string message) => new(LinkedInErrorId.UnknownExportType, message);
}
