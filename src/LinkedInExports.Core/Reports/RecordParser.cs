using System.Globalization;
using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Reports;

/// <summary>Creates records from objects that have the properties of records.</summary>
internal static class RecordParser
{
    /// <summary>Whether an object has the properties of a difference between two exports.</summary>
    internal static bool IsDifference(IReportRow row) => HasColumn(row, "Change", "ExportType", "Key");

    /// <exception cref="LinkedInException">
    /// The object does not have the properties of a record, or a value is invalid
    /// (<see cref="LinkedInErrorId.UnknownExportType"/>).
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
                    $"An object with the properties {ExportSchema.DescribeHeader(row.Names)} is not a record of an export."
                ),
        };
    }

    private static SyncRow ParseSyncRow(IReportRow row) =>
        new(
            GetText(row["CandidateId"]),
            GetText(row["ResumeId"]),
            GetText(row["Outcome"]),
            GetText(row["StatusCode"]),
            GetText(row["ReasonId"]),
            GetText(row["Reason"]),
            GetTime(row["CompletedAt"], "CompletedAt")
        );

    private static CrmValidationRecordWithExtraColumns ParseValidation(IReportRow row)
    {
        ColumnMap columns = GetColumnMap(row, ExportType.CrmValidation);
        return new CrmValidationRecordWithExtraColumns(
            TextOf("crmId"),
            TextOf("crmRecordType"),
            TimeOf("expiredAt")?.ToUnixTimeMilliseconds(),
            TimeOf("createdAt")?.ToUnixTimeMilliseconds(),
            columns.ExtraNames,
            GetExtra(row, columns)
        );

        string? TextOf(string column) => GetText(row, columns, column);
        DateTimeOffset? TimeOf(string column) => GetTime(GetValue(row, columns, column), column);
    }

    private static SalesActivityRecordWithExtraColumns ParseActivity(IReportRow row)
    {
        ColumnMap columns = GetColumnMap(row, ExportType.Activity);
        string member = GetText(row, columns, "memberIdentityKey") ?? "";
        return new SalesActivityRecordWithExtraColumns(
            GetText(row, columns, "activityId"),
            GetText(row, columns, "activityType"),
            GetTime(GetValue(row, columns, "createdAt"), "createdAt"),
            ParseSeat(GetText(row, columns, "seatId") ?? ""),
            member.Length == 0 ? null : member,
            columns.ExtraNames,
            GetExtra(row, columns)
        );
    }

    private static ActivityOutcomeRecord ParseOutcome(IReportRow row)
    {
        ColumnMap columns = GetColumnMap(row, ExportType.ActivityOutcome);
        return new ActivityOutcomeRecord(
            GetText(row, columns, "activityId"),
            GetText(row, columns, "activityType"),
            columns.ExtraNames,
            GetExtra(row, columns)
        );
    }

    private static long? ParseSeat(string text) =>
        text.Length == 0 ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        && number != SalesActivityRecord.Missing
            ? number
        : throw CreateUnknownError("The seatId of an activity is not an integer.");

    private static ColumnMap GetColumnMap(IReportRow row, ExportType exportType) =>
        ColumnMap.Create(row.Names, exportType, "An object");

    private static string[] GetExtra(IReportRow row, ColumnMap columns) =>
        [.. columns.ExtraIndexes.Select(index => GetText(row[row.Names[index]]))];

    private static object? GetValue(IReportRow row, ColumnMap columns, string column) =>
        columns.Has(column) ? row[row.Names[columns.IndexOf(column)]] : null;

    /// <summary>Gets the text of a property, or null if the object does not have the property.</summary>
    private static string? GetText(IReportRow row, ColumnMap columns, string column) =>
        columns.Has(column) ? GetText(GetValue(row, columns, column)) : null;

    private static bool HasColumn(IReportRow row, params string[] names) =>
        names.All(name => row.Names.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string GetText(object? value) =>
        value switch
        {
            null => "",
            DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>Gets a time from an object, a text that PowerShell or LinkedIn writes, or milliseconds since 1970.</summary>
    private static DateTimeOffset? GetTime(object? value, string name)
    {
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

        return ParseTime(text) ?? throw CreateUnknownError($"The {name} of an object is not a time.");
    }

    private static DateTimeOffset? ParseTime(string text)
    {
        // LinkedIn's files have months first in any culture. PowerShell writes the times of records with an offset, and so in
        // another format, even in cultures with dd-MM-yyyy.
        if (ActivityTime.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out DateTimeOffset activityTime))
            return activityTime;

        // Other texts have the format of the current culture, which can have days first. ISO 8601 (yyyy-MM-dd) does not depend on
        // the culture, but cultures with another calendar would read another year.
        bool isIso = text.IndexOf('-') == "yyyy".Length;
        CultureInfo[] cultures = isIso
            ? [CultureInfo.InvariantCulture, CultureInfo.CurrentCulture]
            : [CultureInfo.CurrentCulture, CultureInfo.InvariantCulture];
        foreach (CultureInfo culture in cultures)
        {
            if (DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
                return time;
        }

        return null;
    }

    private static LinkedInException CreateUnknownError(string message) => new(LinkedInErrorId.UnknownExportType, message);
}
