using System.Globalization;
using System.Management.Automation;

namespace LinkedInExports.TypeAdapters;

/// <summary>
/// Converts a job that was serialized by Export-Clixml, remoting, Start-Job, ConvertTo-Json or Export-Csv. Its signed links were
/// not serialized; the commands request new ones.
/// </summary>
public sealed class ExportJobConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        IsScalar(sourceValue)
        || (
            sourceValue is PSObject source
            && (
                (IsCrmValidation(source) && destinationType.IsAssignableFrom(typeof(CrmValidationExportJob)))
                || (IsSalesAnalytics(source) && destinationType.IsAssignableFrom(typeof(SalesAnalyticsExportJob)))
            )
        );

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        if (IsScalar(sourceValue))
        {
            throw new PSInvalidCastException(
                $"'{sourceValue}' is not an export job. Get the job of an id with Get-CrmValidationExportJob or "
                    + "Get-SalesAnalyticsExportJob. Specify a folder with -Destination."
            );
        }

        var source = (PSObject)sourceValue;
        return IsCrmValidation(source) ? ToCrmValidation(source) : ToSalesAnalytics(source);
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException();

    /// <summary>Ids and folders, which users try first, get an error that is more helpful than "Cannot convert".</summary>
    private static bool IsScalar(object value) => value.Unwrap() is string or int or long;

    private static bool IsCrmValidation(PSObject source) =>
        IsCopy<CrmValidationExportJob>(source, nameof(CrmValidationExportJob.CrmInstanceId));

    private static bool IsSalesAnalytics(PSObject source) =>
        IsCopy<SalesAnalyticsExportJob>(source, nameof(SalesAnalyticsExportJob.Contract));

    /// <summary>
    /// Whether an object is a copy of a job. JSON and CSV have no types, so the copy is recognized by the properties that each
    /// request about a job needs.
    /// </summary>
    private static bool IsCopy<T>(PSObject source, string owner) =>
        source.TypeNames.Contains("Deserialized." + typeof(T).FullName)
        || (
            source.BaseObject is PSCustomObject
            && !source.TypeNames[0].StartsWith("Deserialized.", StringComparison.Ordinal)
            && GetValue(source, nameof(ExportJob.JobId)) is not null
            && source.Properties[nameof(ExportJob.Status)] is not null // Records have the other two.
            && GetValue(source, owner) is string
        );

    private static CrmValidationExportJob ToCrmValidation(PSObject source) =>
        new()
        {
            JobId = GetNumber(source, nameof(ExportJob.JobId)) ?? 0,
            Status = GetValue(source, nameof(ExportJob.Status)) as string,
            ExpireAt = GetTime(source, nameof(ExportJob.ExpireAt)),
            CreatedAt = GetTime(source, nameof(ExportJob.CreatedAt)),
            IsSaved = GetFlag(source, nameof(ExportJob.IsSaved)),
            CrmInstanceId = GetValue(source, nameof(CrmValidationExportJob.CrmInstanceId)) as string ?? "",
            ExportStartAt = GetTime(source, nameof(CrmValidationExportJob.ExportStartAt)) ?? default,
            ExportEndAt = GetTime(source, nameof(CrmValidationExportJob.ExportEndAt)),
            NextExportStartAt = GetTime(source, nameof(CrmValidationExportJob.NextExportStartAt)),
        };

    private static SalesAnalyticsExportJob ToSalesAnalytics(PSObject source) =>
        new(GetExportType(source))
        {
            JobId = GetNumber(source, nameof(ExportJob.JobId)) ?? 0,
            Status = GetValue(source, nameof(ExportJob.Status)) as string,
            ExpireAt = GetTime(source, nameof(ExportJob.ExpireAt)),
            CreatedAt = GetTime(source, nameof(ExportJob.CreatedAt)),
            IsSaved = GetFlag(source, nameof(ExportJob.IsSaved)),
            Contract = GetValue(source, nameof(SalesAnalyticsExportJob.Contract)) as string ?? "",
            StartAt = GetTime(source, nameof(SalesAnalyticsExportJob.StartAt)),
            EndAt = GetTime(source, nameof(SalesAnalyticsExportJob.EndAt)),
            RowCount = GetNumber(source, nameof(SalesAnalyticsExportJob.RowCount)),
        };

    /// <summary>CLIXML has the number of an enumeration value. JSON, CSV, jobs and other machines have its name.</summary>
    private static ExportType? GetExportType(PSObject source) =>
        GetValue(source, nameof(ExportJob.ExportType)) switch
        {
            null => null,
            string name => Enum.TryParse(name, out ExportType exportType)
                ? exportType
                : throw new PSInvalidCastException($"'{name}' is not an export type."),
            object number => (ExportType)Convert.ToInt32(number, CultureInfo.InvariantCulture),
        };

    /// <summary>Gets the value of a property. CSV has an empty text for null.</summary>
    private static object? GetValue(PSObject source, string name) =>
        source.Properties[name]?.Value.Unwrap() is { } value && value is not "" ? value : null;

    private static long? GetNumber(PSObject source, string name) =>
        GetValue(source, name) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    private static bool? GetFlag(PSObject source, string name) =>
        GetValue(source, name) is { } value ? Convert.ToBoolean(value, CultureInfo.InvariantCulture) : null;

    private static DateTimeOffset? GetTime(PSObject source, string name) => SerializedTime.Read(GetValue(source, name));
}
