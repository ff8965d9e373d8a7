using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Formatting;

/// <summary>
/// Additional properties for views. Each method is a hidden property in LinkedInExports.Types.ps1xml, because script blocks in
/// a view do not run in constrained language mode. Deserialized objects have these properties too.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ViewProperties
{
    /// <summary>ExportStartAt to the minute.</summary>
    public static string? ExportStartAtMinute(PSObject instance) => DisplayText.FormatMinute(Value(instance, "ExportStartAt"));

    /// <summary>ExportEndAt to the minute.</summary>
    public static string? ExportEndAtMinute(PSObject instance) => DisplayText.FormatMinute(Value(instance, "ExportEndAt"));

    /// <summary>ExportStartAt to the second.</summary>
    public static string? ExportStartAtSecond(PSObject instance) => DisplayText.FormatSecond(Value(instance, "ExportStartAt"));

    /// <summary>ExportEndAt to the second.</summary>
    public static string? ExportEndAtSecond(PSObject instance) => DisplayText.FormatSecond(Value(instance, "ExportEndAt"));

    /// <summary>NextExportStartAt to the second.</summary>
    public static string? NextExportStartAtSecond(PSObject instance) =>
        DisplayText.FormatSecond(Value(instance, "NextExportStartAt"));

    /// <summary>CreatedAt with its distance from now.</summary>
    public static string? CreatedAtWithAge(PSObject instance) => DisplayText.FormatWithAge(Value(instance, "CreatedAt"));

    /// <summary>ExpireAt with its distance from now.</summary>
    public static string? ExpireAtWithAge(PSObject instance) => DisplayText.FormatWithAge(Value(instance, "ExpireAt"));

    /// <summary>The number of links.</summary>
    public static int FileCount(PSObject instance) => Items(instance, "DownloadUrls").Count();

    /// <summary>The number of the Contract.</summary>
    public static string? ContractNumber(PSObject instance) => DisplayText.GetUrnId(Value(instance, "Contract")?.ToString());

    /// <summary>The number of the Contract, or the CrmInstanceId without its prefix.</summary>
    public static string? Owner(PSObject instance) =>
        Value(instance, "CrmInstanceId") is { } crm
            ? DisplayText.GetUrnId(crm.ToString())?.Trim('(', ')')
            : ContractNumber(instance);

    /// <summary>The days of StartAt and EndAt, or of ExportStartAt and ExportEndAt.</summary>
    public static string? Period(PSObject instance) =>
        DisplayText.FormatPeriod(
            Value(instance, "StartAt") ?? Value(instance, "ExportStartAt"),
            Value(instance, "EndAt") ?? Value(instance, "ExportEndAt")
        );

    /// <summary>StartAt to the second.</summary>
    public static string? StartAtSecond(PSObject instance) => DisplayText.FormatSecond(Value(instance, "StartAt"));

    /// <summary>EndAt to the second.</summary>
    public static string? EndAtSecond(PSObject instance) => DisplayText.FormatSecond(Value(instance, "EndAt"));

    /// <summary>RowCount with separators.</summary>
    public static string RowCountText(PSObject instance) => Count(Number(instance, "RowCount"));

    /// <summary>Length as a size.</summary>
    public static string LengthSize(PSObject instance) => DisplayText.FormatSize(Number(instance, "Length"));

    /// <summary>The part as <c>1/2</c>.</summary>
    public static string PartOfCount(PSObject instance) => $"{Number(instance, "Part")}/{Number(instance, "PartCount")}";

    /// <summary>The name without its folder.</summary>
    public static string? FileName(PSObject instance) => Path.GetFileName(Value(instance, "Path")?.ToString());

    /// <summary>The part as <c>1 of 2</c>.</summary>
    public static string PartText(PSObject instance) => $"{Number(instance, "Part")} of {Number(instance, "PartCount")}";

    /// <summary>The distance of ConnectedAt from now.</summary>
    public static string? ConnectedAtAge(PSObject instance) => DisplayText.FormatAge(Value(instance, "ConnectedAt"));

    /// <summary>The distance of TokenExpiresAt from now.</summary>
    public static string? TokenExpiresAtAge(PSObject instance) => DisplayText.FormatAge(Value(instance, "TokenExpiresAt"));

    /// <summary>DownloadHost in one text.</summary>
    public static string DownloadHostText(PSObject instance) => string.Join(", ", Items(instance, "DownloadHost"));

    /// <summary>ConnectedAt with its distance from now.</summary>
    public static string? ConnectedAtWithAge(PSObject instance) => DisplayText.FormatWithAge(Value(instance, "ConnectedAt"));

    /// <summary>TokenExpiresAt with its distance from now.</summary>
    public static string? TokenExpiresAtWithAge(PSObject instance) =>
        DisplayText.FormatWithAge(Value(instance, "TokenExpiresAt"));

    /// <summary>The time until a sync with pending records can continue.</summary>
    public static string? NextRunIn(PSObject instance) =>
        Number(instance, "Pending") == 0 ? null
        : Value(instance, "NextRunAt") is { } time ? DisplayText.FormatAge(time)
        : "now";

    /// <summary>NextRunAt with its distance from now.</summary>
    public static string? NextRunAtWithAge(PSObject instance) => DisplayText.FormatWithAge(Value(instance, "NextRunAt"));

    /// <summary>StartedAt with its distance from now.</summary>
    public static string? StartedAtWithAge(PSObject instance) => DisplayText.FormatWithAge(Value(instance, "StartedAt"));

    /// <summary>ChangedAt with its distance from now.</summary>
    public static string? ChangedAtWithAge(PSObject instance) => DisplayText.FormatWithAge(Value(instance, "ChangedAt"));

    /// <summary>ChangedColumns in one text.</summary>
    public static string ChangedColumnsText(PSObject instance) => string.Join(", ", Items(instance, "ChangedColumns"));

    private static object? Value(PSObject instance, string property) => instance.Properties[property]?.Value.Unwrap();

    private static long Number(PSObject instance, string property) =>
        LanguagePrimitives.ConvertTo<long>(Value(instance, property));

    private static string Count(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static IEnumerable<object> Items(PSObject instance, string property) =>
        Value(instance, property) is IEnumerable items and not string ? items.Cast<object>() : [];
}
