using System.Reflection;

namespace LinkedInExports.Conventions.Tests;

/// <summary>A command as its metadata describe it.</summary>
internal sealed record Cmdlet(Type Type, string Verb, string Noun, bool SupportsShouldProcess, string? DefaultParameterSet)
{
    internal string Name => $"{Verb}-{Noun}";

    internal IReadOnlyList<Parameter> Parameters =>
    [
        .. Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property => Attributes(property, "ParameterAttribute").Select(attribute => new Parameter(property, attribute))),
    ];

    internal static Cmdlet? Of(Type type)
    {
        if (Attributes(type, "CmdletAttribute").SingleOrDefault() is not { } attribute)
            return null;
        return new Cmdlet(
            type,
            (string)attribute.ConstructorArguments[0].Value!,
            (string)attribute.ConstructorArguments[1].Value!,
            Named(attribute, "SupportsShouldProcess") is true,
            Named(attribute, "DefaultParameterSetName") as string);
    }

    internal static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType.Name == name);

    internal static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    public override string ToString() => Name;

    internal sealed record Parameter(PropertyInfo Property, CustomAttributeData Attribute)
    {
        internal string Name => Property.Name;

        internal string Set => Named(Attribute, "ParameterSetName") as string ?? "__AllParameterSets";

        internal bool IsMandatory => Named(Attribute, "Mandatory") is true;

        internal bool TakesPipelineValue => Named(Attribute, "ValueFromPipeline") is true;
    }
}
