using System.Reflection;

namespace LinkedInExports.HelpBuilder.Metadata;

/// <summary>The metadata of a parameter in all of its parameter sets.</summary>
internal sealed record CmdletParameter(
    string Name,
    string ShortType,
    string FullType,
    IReadOnlyList<CmdletParameter.InSet> Sets,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> AcceptedValues,
    bool SupportsWildcards,
    bool IsHidden
)
{
    internal bool IsSwitch => ShortType == "switch";

    /// <summary>Gets the metadata in a parameter set, or null if the parameter does not belong to it.</summary>
    internal InSet? InParameterSet(string set) =>
        Sets.FirstOrDefault(candidate => candidate.Name == set || candidate.Name == Cmdlet.AllSets);

    /// <summary>
    /// Gets the parameters of a cmdlet in the order of their declaration, followed by WhatIf and Confirm.
    /// </summary>
    internal static IReadOnlyList<CmdletParameter> GetAll(Cmdlet command)
    {
        IEnumerable<CmdletParameter> declared = command.Parameters.GroupBy(parameter => parameter.Name).Select(Read);
        return
        [
            .. declared,
            .. command.SupportsShouldProcess ? [AddSet("WhatIf", "wi"), AddSet("Confirm", "cf")] : Array.Empty<CmdletParameter>(),
        ];
    }

    private static CmdletParameter Read(IGrouping<string, Cmdlet.Parameter> declarations)
    {
        PropertyInfo property = declarations.First().Property;
        return new CmdletParameter(
            property.Name,
            TypeName.ToShortName(property.PropertyType),
            TypeName.ToFullName(property.PropertyType),
            [
                .. declarations.Select(one => new InSet(
                    one.Set,
                    one.Position,
                    one.IsMandatory,
                    one.TakesPipelineValue,
                    one.TakesPipelineProperty
                )),
            ],
            List(property, "AliasAttribute"),
            List(property, "ValidateSetAttribute") is { Count: > 0 } chosen ? chosen : EnumValues(property.PropertyType),
            Cmdlet.Attributes(property, "SupportsWildcardsAttribute").Any(),
            declarations.Any(one => one.IsHidden)
        );
    }

    private static CmdletParameter AddSet(string name, string alias) =>
        new(
            name,
            "switch",
            "System.Management.Automation.SwitchParameter",
            [new InSet(Cmdlet.AllSets, null, false, false, false)],
            [alias],
            [],
            false,
            false
        );

    private static IReadOnlyList<string> List(PropertyInfo property, string attribute) =>
        [
            .. Cmdlet
                .Attributes(property, attribute)
                .SelectMany(data => (IReadOnlyList<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)
                .Select(argument => (string)argument.Value!),
        ];

    private static IReadOnlyList<string> EnumValues(Type type) =>
        TypeName.GetItemType(type) is { IsEnum: true } item
            ? [.. item.GetFields().Where(field => field.IsLiteral).Select(field => field.Name)]
            : [];

    /// <summary>The metadata of a parameter in a parameter set.</summary>
    internal sealed record InSet(
        string Name,
        int? Position,
        bool IsMandatory,
        bool TakesPipelineValue,
        bool TakesPipelineProperty
    );
}
