using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LinkedInExports.TypeAdapters;

/// <summary>Gets the properties that Export-Csv would write.</summary>
internal static class RecordProperties
{
    /// <summary>Gets the properties of an object, or the entries of a dictionary. Text and numbers have none.</summary>
    internal static IReadOnlyList<KeyValuePair<string, object?>> Get(PSObject item) =>
        item.BaseObject switch
        {
            IDictionary dictionary =>
            [
                .. dictionary
                    .Cast<DictionaryEntry>()
                    .Select(entry => Create(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value)),
            ],
            IConvertible => [],
            _ =>
            [
                .. item
                    .Properties.Where(property => property.IsGettable)
                    .Select(property => Create(property.Name, GetValue(property))),
            ],
        };

    private static KeyValuePair<string, object?> Create(string name, object? value) =>
        new(
            name,
            value.Unwrap() switch
            {
                PSObject custom => Get(custom),
                ExportRecord => GetInCell(PSObject.AsPSObject(value)),
                IDictionary => Get(PSObject.AsPSObject(value)),
                var other => other,
            }
        );

    /// <summary>Gets the properties of a record in a cell. The records of a comparison have no source.</summary>
    private static List<KeyValuePair<string, object?>> GetInCell(PSObject record) =>
        [.. Get(record).Where(property => property.Value is not null || !RecordSource.PropertyNames.Contains(property.Key))];

    /// <summary>Gets a value; null if its property fails, as in Export-Csv.</summary>
    private static object? GetValue(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
