using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LinkedInExports.TypeAdapters;

/// <summary>Converts between PowerShell's objects and dictionaries, lists and values.</summary>
internal static class PlainValue
{
    /// <summary>Removes PowerShell's wrappers, and converts objects to dictionaries of their properties.</summary>
    internal static object? From(object? value) =>
        value switch
        {
            PSObject { BaseObject: PSCustomObject } custom => custom.Properties.ToDictionary(
                property => property.Name,
                property => From(property.Value)
            ),
            PSObject wrapped => From(wrapped.BaseObject),
            SwitchParameter flag => flag.IsPresent,
            string or null => value,
            IDictionary dictionary => dictionary
                .Cast<DictionaryEntry>()
                .ToDictionary(entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry => From(entry.Value)),
            IEnumerable list => list.Cast<object?>().Select(From).ToList(),
            _ => value,
        };

    /// <summary>
    /// Converts dictionaries to objects with properties, like ConvertFrom-Json. A number is added to names that differ only in
    /// case, which PowerShell cannot distinguish.
    /// </summary>
    internal static object? ToPSObject(object? value)
    {
        switch (value)
        {
            case Dictionary<string, object?> dictionary:
                var result = new PSObject();
                foreach (KeyValuePair<string, object?> entry in dictionary)
                {
                    string name = entry.Key.Length == 0 ? "_" : entry.Key;
                    for (int number = 2; result.Properties[name] is not null; number++)
                        name = string.Format(CultureInfo.InvariantCulture, "{0}_{1}", entry.Key, number);
                    result.Properties.Add(new PSNoteProperty(name, ToPSObject(entry.Value)));
                }

                return result;
            case List<object?> list:
                return list.Select(ToPSObject).ToArray();
            default:
                return value;
        }
    }
}
