using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace LinkedInExports.TypeAdapters;

/// <summary>
/// Shows undocumented columns as properties, in addition to the typed ones, without a table of properties for each
/// record.
/// </summary>
public sealed class ExtraColumnsAdapter : PSPropertyAdapter
{
    /// <inheritdoc/>
    public override Collection<string> GetTypeNameHierarchy(object baseObject)
    {
        var names = new Collection<string>();
        for (Type? type = baseObject.GetType(); type is not null; type = type.BaseType)
            names.Add(type.FullName!);
        return names;
    }

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        var properties = new Collection<PSAdaptedProperty>();
        PropertyInfo[] typed = baseObject.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (PropertyInfo property in typed.Where(property => property.DeclaringType != typeof(ExportRecord)))
            properties.Add(new PSAdaptedProperty(property.Name, property));

        IReadOnlyList<string> extra = ((IExtraColumns)baseObject).ExtraNames;
        for (int i = 0; i < extra.Count; i++)
            properties.Add(new PSAdaptedProperty(extra[i], i));

        // The source of the record is last. A column of the file with the same name replaces it.
        foreach (PropertyInfo property in typed.Where(property => property.DeclaringType == typeof(ExportRecord)))
        {
            if (!extra.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
                properties.Add(new PSAdaptedProperty(property.Name, property));
        }

        return properties;
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName)
    {
        IReadOnlyList<string> extra = ((IExtraColumns)baseObject).ExtraNames;
        for (int i = 0; i < extra.Count; i++)
        {
            if (extra[i].Equals(propertyName, StringComparison.OrdinalIgnoreCase))
                return new PSAdaptedProperty(extra[i], i);
        }

        PropertyInfo? property = baseObject
            .GetType()
            .GetProperty(propertyName, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        return property is null ? null : new PSAdaptedProperty(property.Name, property);
    }

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) =>
        adaptedProperty.Tag is int index
            ? ((IExtraColumns)adaptedProperty.BaseObject).GetExtra(index)
            : ((PropertyInfo)adaptedProperty.Tag).GetValue(adaptedProperty.BaseObject);

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) =>
        adaptedProperty.Tag is PropertyInfo property ? property.PropertyType.FullName! : typeof(string).FullName!;

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => false;

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value) =>
        throw new SetValueException($"The column {adaptedProperty.Name} of an export cannot be changed.");
}
