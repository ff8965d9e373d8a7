using System.Reflection;
using LinkedInExports.HelpBuilder.Metadata;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Rules for the types of the module.</summary>
public sealed class ClassDesignTests
{
    private const int MaxParameters = 5;

    private static IEnumerable<TypeInfo> Types =>
        new[] { BuiltModule.Cmdlets, BuiltModule.Core, BuiltModule.Models }.SelectMany(assembly => assembly.DefinedTypes);

    [Fact]
    public void Constructors_OfAllTypes_HaveAtMostFiveParameters()
    {
        string[] offenders =
        [
            .. from type in Types
            where !IsRecord(type) && !HasParameterPerColumn(type)
            from constructor in type.DeclaredConstructors
            where constructor.GetParameters().Length > MaxParameters
            select $"{type.FullName}: {constructor.GetParameters().Length} parameters",
        ];
        Assert.True(offenders.Length == 0, string.Join('\n', offenders));
    }

    [Fact]
    public void Exceptions_AllProperties_CannotBeChangedAfterConstruction()
    {
        string[] offenders =
        [
            .. from type in Types
            where type.Name.EndsWith("Exception", StringComparison.Ordinal)
            from property in type.DeclaredProperties
            where property.SetMethod is { } setter && !IsInitOnly(setter)
            select $"{type.FullName}.{property.Name}",
        ];
        Assert.Empty(offenders);
    }

    [Fact]
    public void Options_AllProperties_AreData()
    {
        string[] offenders =
        [
            .. from type in Types
            where type.Name.EndsWith("Options", StringComparison.Ordinal)
            from property in type.DeclaredProperties
            where IsDelegate(property.PropertyType) || (property.SetMethod is { } setter && !IsInitOnly(setter))
            select $"{type.FullName}.{property.Name}",
        ];
        Assert.Empty(offenders);
    }

    /// <summary>Records are data: each parameter is one of its values.</summary>
    private static bool IsRecord(TypeInfo type) =>
        type.DeclaredMethods.Any(method => method.Name is "<Clone>$" or "PrintMembers");

    private static bool HasParameterPerColumn(TypeInfo type) =>
        type.ImplementedInterfaces.Any(implemented => implemented.Name == "IExtraColumns");

    private static bool IsDelegate(Type type) => type.BaseType?.FullName == typeof(MulticastDelegate).FullName;

    private static bool IsInitOnly(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");
}
