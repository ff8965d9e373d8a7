using System.Management.Automation;
using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Attributes;

/// <summary>Rejects characters that cannot separate values.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateDelimiterAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is char delimiter && !ImportOptions.IsDelimiter(delimiter))
        {
            throw new ValidationMetadataException(
                "A delimiter is an ASCII character other than a quote and a line break, such as ';' or \"`t\"."
            );
        }
    }
}
