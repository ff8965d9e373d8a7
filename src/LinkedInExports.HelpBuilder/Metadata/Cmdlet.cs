using System.Reflection;

namespace LinkedInExports.HelpBuilder.Metadata;

/// <summary>The metadata of a cmdlet.</summary>
internal sealed record Cmdlet(Type Type, string Verb, string Noun, bool SupportsShouldProcess, string? DefaultParameterSet)
{
    internal const string AllSets = "__AllParameterSets";

    internal string Name => $"{Verb}-{Noun}";

    /// <summary>The parameters, one for each parameter set in which a parameter is declared.</summary>
    internal IReadOnlyList<Parameter> Parameters { get; } =
    [
        .. Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property =>
                Attributes(property, "ParameterAttribute").Select(attribute => new Parameter(property, attribute))
            ),
    ];

    /// <summary>The names of the parameter sets, the default one first, or one empty name if the cmdlet has none.</summary>
    internal IReadOnlyList<string> ParameterSets
    {
        get
        {
            string[] named = [.. Parameters.Select(parameter => parameter.Set).Where(set => set != AllSets).Distinct()];
            return named.Length == 0 ? [AllSets] : [.. named.OrderBy(set => set != DefaultParameterSet)];
        }
    }

    /// <summary>The address that Get-Help -Online opens.</summary>
    internal string? HelpUri => GetNamedArgument(Attributes(Type, "CmdletAttribute").Single(), "HelpUri") as string;

    internal uint ConfirmImpact =>
        Convert.ToUInt32(GetNamedArgument(Attributes(Type, "CmdletAttribute").Single(), "ConfirmImpact") ?? 2u, null);

    /// <summary>The declared output types, with <see cref="void"/> for no output.</summary>
    internal IReadOnlyList<Type> OutputTypes =>
        [
            .. Attributes(Type, "OutputTypeAttribute")
                .SelectMany(attribute => (IReadOnlyList<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
                .Select(argument => (Type)argument.Value!),
        ];

    internal static Cmdlet? Create(Type type)
    {
        if (Attributes(type, "CmdletAttribute").SingleOrDefault() is not { } attribute)
            return null;
        return new Cmdlet(
            type,
            (string)attribute.ConstructorArguments[0].Value!,
            (string)attribute.ConstructorArguments[1].Value!,
            GetNamedArgument(attribute, "SupportsShouldProcess") is true,
            GetNamedArgument(attribute, "DefaultParameterSetName") as string
        );
    }

    internal static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType.Name == name);

    internal static object? GetNamedArgument(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    public override string ToString() => Name;

    internal sealed record Parameter(PropertyInfo Property, CustomAttributeData Attribute)
    {
        internal string Name => Property.Name;

        internal string Set => GetNamedArgument(Attribute, "ParameterSetName") as string ?? AllSets;

        internal bool IsMandatory => GetNamedArgument(Attribute, "Mandatory") is true;

        /// <summary>The position, starting at 0, or null for a named parameter.</summary>
        internal int? Position => GetNamedArgument(Attribute, "Position") is int position and >= 0 ? position : null;

        internal bool TakesPipelineValue => GetNamedArgument(Attribute, "ValueFromPipeline") is true;

        internal bool TakesPipelineProperty => GetNamedArgument(Attribute, "ValueFromPipelineByPropertyName") is true;

        internal bool IsHidden => GetNamedArgument(Attribute, "DontShow") is true;
    }
}
