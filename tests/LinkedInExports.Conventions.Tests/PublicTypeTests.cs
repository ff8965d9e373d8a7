using System.Reflection;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Rules for the types that users see.</summary>
public sealed class PublicTypeTests
{
    [Fact]
    public void PublicTypes_OfModule_ExposeNoPackageTypes()
    {
        string[] allowed = ["System", "LinkedInExports", "netstandard", "mscorlib"];
        IEnumerable<Type> seen = BuiltModule
            .Models.GetExportedTypes()
            .SelectMany(type => type.GetProperties().Select(property => property.PropertyType))
            .Concat(
                BuiltModule
                    .Commands.SelectMany(command => command.Parameters)
                    .Select(parameter => parameter.Property.PropertyType)
            );
        Assert.All(
            seen,
            type => Assert.Contains(allowed, name => type.Assembly.GetName().Name!.StartsWith(name, StringComparison.Ordinal))
        );
        Assert.DoesNotContain(seen, type => type.Assembly.GetName().Name == "LinkedInExports.Core");
    }

    [Fact]
    public void Properties_OfModels_UseDateTimeOffsetAndLong() =>
        Assert.All(
            BuiltModule.Models.GetExportedTypes().SelectMany(type => type.GetProperties()),
            property =>
            {
                Assert.NotEqual("System.DateTime", TypeName.ToFullName(property.PropertyType));
                if (property.Name is "Length" or "RowCount" or "JobId")
                    Assert.Equal("System.Int64", TypeName.ToFullName(property.PropertyType));
            }
        );

    [Fact]
    public void PublicTypes_OfModule_DoNotNeedEngine() =>
        Assert.All(
            BuiltModule.Cmdlets.GetExportedTypes(),
            type =>
            {
                for (Type? current = type; current is not null; current = current.BaseType)
                    Assert.NotEqual("LinkedInExports.Core", current.Assembly.GetName().Name);
                Assert.DoesNotContain(
                    type.GetInterfaces(),
                    implemented => implemented.Assembly.GetName().Name == "LinkedInExports.Core"
                );

                // The size of a struct has to be known before the type that holds it can be loaded.
                Assert.DoesNotContain(
                    type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static),
                    field => Structs(field.FieldType).Any(held => held.Assembly.GetName().Name == "LinkedInExports.Core")
                );
            }
        );

    private static IEnumerable<Type> Structs(Type type) =>
        type.IsValueType ? type.GenericTypeArguments.SelectMany(Structs).Append(type) : [];
}
