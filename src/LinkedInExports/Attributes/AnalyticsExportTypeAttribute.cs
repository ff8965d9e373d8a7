using System.Management.Automation;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Attributes;

/// <summary>
/// Rejects names that are not export types of sales analytics. PowerShell's error would also suggest the type of CRM validation.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AnalyticsExportTypeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData.Unwrap();
        foreach (object? item in input as object?[] ?? [input])
        {
            if (item.Unwrap() is string name && !Enum.TryParse<ExportType>(name, ignoreCase: true, out _))
            {
                throw new ArgumentTransformationMetadataException(
                    $"'{name}' is not an export type of sales analytics. Specify Activity, Seat or ActivityOutcome."
                );
            }
        }

        return inputData;
    }
}
