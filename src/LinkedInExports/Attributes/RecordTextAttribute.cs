using System.Collections;
using System.Management.Automation;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Attributes;

/// <summary>
/// Converts a list to null, which is an invalid value of a record. PowerShell does not convert it to a text, and would skip the
/// record.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RecordTextAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData.Unwrap() is IEnumerable and not string ? null : inputData;
}
