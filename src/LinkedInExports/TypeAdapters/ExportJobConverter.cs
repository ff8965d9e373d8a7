using System.Globalization;
using System.Management.Automation;

namespace LinkedInExports.TypeAdapters;

/// <summary>
/// Converts a job that was serialized by Export-Clixml, remoting or Start-Job. Its signed links were not serialized; the
/// commands request new ones.
/// </summary>
public sealed class ExportJobConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        IsScalar(sourceValue)
        || (
            sourceValue is PSObject source
            && (
                (
                    IsDeserialized<CrmValidationExportJob>(source)
                    && destinationType.IsAssignableFrom(typeof(CrmValidationExportJob))
                )
                || (
                    IsDeserialized<SalesAnalyticsExportJob>(source)
                    && destinationType.IsAssignableFrom(typeof(SalesAnalyticsExportJob))
                )
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
        return IsDeserialized<CrmValidationExportJob>(source) ? ToCrmValidation(source) : ToSalesAnalytics(source);
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException();

    /// <summary>Ids and folders, which users try first, get an error that is more helpful than "Cannot convert".</summary>
    private static bool IsScalar(object value) => value.Unwrap() is string or int or long;

    private static bool IsDeserialized<T>(PSObject source) => source.TypeNames.Contains("Deserialized." + typeof(T).FullName);

    private static CrmValidationExportJob ToCrmValidation(PSObject source) =>
        new()
        {
            JobId = GetNumber(source, nameof(ExportJob.JobId)) ?? 0,
            Status = GetValue(source, nameof(ExportJob.Status)) as string,
            ExpireAt = GetTime(source, nameof(ExportJob.ExpireAt)),
            CreatedAt = GetTime(source, nameof(ExportJob.CreatedAt)),
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
            Contract = GetValue(source, nameof(SalesAnalyticsExportJob.Contract)) as string ?? "",
            StartAt = GetTime(source, nameof(SalesAnalyticsExportJob.StartAt)),
            EndAt = GetTime(source, nameof(SalesAnalyticsExportJob.EndAt)),
            RowCount = GetNumber(source, nameof(SalesAnalyticsExportJob.RowCount)),
        };

    /// <summary>CLIXML files have the number of an enumeration value. Jobs and other machines may send its name.</summary>
    private static ExportType? GetExportType(PSObject source) =>
        GetValue(source, nameof(ExportJob.ExportType)) switch
        {
            null => null,
            string name => Enum.TryParse(name, out ExportType exportType)
                ? exportType
                : throw new PSInvalidCastException($"'{name}' is not an export type."),
            object number => (ExportType)Convert.ToInt32(number, CultureInfo.InvariantCulture),
        };

    private static object? GetValue(PSObject source, string name) => source.Properties[name]?.Value.Unwrap();

    private static long? GetNumber(PSObject source, string name) =>
        GetValue(source, name) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    private static DateTimeOffset? GetTime(PSObject source, string name) => SerializedTime.Read(GetValue(source, name));
}
