using System.Reflection;

namespace LinkedInExports.HelpBuilder.Metadata;

/// <summary>A command as its metadata describe it.</summary>
internal sealed record Cmdlet(Type Type, string Verb, string Noun, bool SupportsShouldProcess, string? DefaultParameterSet)
{
    internal const string AllSets = "__AllParameterSets";

    internal string Name => $"{Verb}-{Noun}";

    /// <summary>A parameter for each set that it is declared in.</summary>
    internal IReadOnlyList<Parameter> Parameters { get; } =
    [
        .. Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property =>
                Attributes(property, "ParameterAttribute").Select(attribute => new Parameter(property, attribute))
            ),
    ];

    /// <summary>The sets by name, that of the default first; one without a name where the command has no sets.</summary>
    internal IReadOnlyList<string> ParameterSets
    {
        get
        {
            string[] named = [.. Parameters.Select(parameter => parameter.Set).Where(set => set != AllSets).Distinct()];
            return named.Length == 0 ? [AllSets] : [.. named.OrderBy(set => set != DefaultParameterSet)];
        }
    }

    /// <summary>Where the web has more to read, as Get-Help -Online opens it.</summary>
    internal string? HelpUri => GetNamedArgument(Attributes(Type, "CmdletAttribute").Single(), "HelpUri") as string;

    internal uint ConfirmImpact =>
        Convert.ToUInt32(GetNamedArgument(Attributes(Type, "CmdletAttribute").Single(), "ConfirmImpact") ?? 2u, null);

    /// <summary>What the command says that it outputs; nothing is <see cref="void"/>.</summary>
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

        /// <summary>From 0; null for one that has to be named.</summary>
        internal int? Position => GetNamedArgument(Attribute, "Position") is int position and >= 0 ? position : null;

        internal bool TakesPipelineValue => GetNamedArgument(Attribute, "ValueFromPipeline") is true;

        internal bool TakesPipelineProperty => GetNamedArgument(Attribute, "ValueFromPipelineByPropertyName") is true;

        internal bool IsHidden => GetNamedArgument(Attribute, "DontShow") is true;
    }
}
