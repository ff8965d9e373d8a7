using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace LinkedInExports.TypeAdapters;

/// <summary>Gives the times and lists of an object the text that Export-Csv writes.</summary>
public sealed class CsvValueAdapter : PSPropertyAdapter
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject) =>
        [.. baseObject.GetType().GetProperties(Members).Select(property => new PSAdaptedProperty(property.Name, property))];

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        baseObject.GetType().GetProperty(propertyName, Members | BindingFlags.IgnoreCase) is { } property
            ? new PSAdaptedProperty(property.Name, property)
            : null;

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) =>
        CsvValues.Wrap(((PropertyInfo)adaptedProperty.Tag).GetValue(adaptedProperty.BaseObject));

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) =>
        ((PropertyInfo)adaptedProperty.Tag).PropertyType.FullName!;

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) =>
        ((PropertyInfo)adaptedProperty.Tag).SetMethod is { IsPublic: true };

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value)
    {
        var property = (PropertyInfo)adaptedProperty.Tag;
        property.SetValue(
            adaptedProperty.BaseObject,
            LanguagePrimitives.ConvertTo(value, property.PropertyType, CultureInfo.InvariantCulture)
        );
    }
}
