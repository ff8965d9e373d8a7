using System.Management.Automation;
using System.Text;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Attributes;

/// <summary>
/// Accepts the name of an encoding or the number of a code page, as -Encoding of PowerShell's own commands does.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EncodingAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData.Unwrap();
        Encoding? encoding = input switch
        {
            Encoding value => value,
            string name => TextEncodings.Find(name),
            int codePage => TextEncodings.Find(codePage),
            _ => null,
        };
        return encoding
            ?? throw new ArgumentTransformationMetadataException(
                $"'{input}' is not an encoding. Use a name such as utf8, windows-1252 or unicode, the number of a code page, "
                    + "or an object of type System.Text.Encoding."
            );
    }
}
