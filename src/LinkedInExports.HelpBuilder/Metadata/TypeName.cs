using System.Reflection;

namespace LinkedInExports.HelpBuilder.Metadata;

/// <summary>Formats types with the names that PowerShell shows.</summary>
internal static class TypeName
{
    /// <summary>PowerShell's type accelerators of the parameter types.</summary>
    private static readonly Dictionary<string, string> Accelerators = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "bool",
        ["System.Char"] = "char",
        ["System.DateTime"] = "datetime",
        ["System.Int32"] = "int",
        ["System.Int64"] = "long",
        ["System.Management.Automation.PSCredential"] = "pscredential",
        ["System.Management.Automation.SwitchParameter"] = "switch",
        ["System.Object"] = "Object",
        ["System.Security.SecureString"] = "securestring",
        ["System.String"] = "string",
        ["System.TimeSpan"] = "timespan",
        ["System.Uri"] = "uri",
    };

    /// <summary>Gets the name that Get-Command -Syntax shows.</summary>
    internal static string ToShortName(Type type)
    {
        Type bare = RemoveNullable(type);
        return bare.IsArray
            ? ToShortName(bare.GetElementType()!) + "[]"
            : Accelerators.GetValueOrDefault(bare.FullName!, bare.Name);
    }

    /// <summary>Gets the name with its namespace.</summary>
    internal static string ToFullName(Type type) => RemoveNullable(type).FullName!;

    /// <summary>Gets the element type of an array or list, and the underlying type of a nullable type.</summary>
    internal static Type GetItemType(Type type) =>
        RemoveNullable(type) is { IsArray: true } array ? array.GetElementType()! : RemoveNullable(type);

    private static Type RemoveNullable(Type type) =>
        type is { IsGenericType: true, IsArray: false } && type.GetGenericTypeDefinition().FullName == "System.Nullable`1"
            ? type.GetGenericArguments()[0]
            : type;
}
