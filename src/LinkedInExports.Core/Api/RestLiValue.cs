using System.Collections;
using System.Globalization;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Api;

/// <summary>Encodes values of a query for Rest.li 2.0.</summary>
internal static class RestLiValue
{
    internal static string Encode(object? value) =>
        value switch
        {
            null => "",
            string text => RestLi.Encode(text),
            bool flag => flag ? "true" : "false",
            DateTimeOffset time => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            DateTime time => new DateTimeOffset(time.ToUniversalTime())
                .ToUnixTimeMilliseconds()
                .ToString(CultureInfo.InvariantCulture),
            IDictionary record => $"({string.Join(",", record.Cast<DictionaryEntry>().Select(EncodeEntry))})",
            IEnumerable list => $"List({string.Join(",", list.Cast<object?>().Select(Encode))})",
            IFormattable number => RestLi.Encode(number.ToString(null, CultureInfo.InvariantCulture)),
            _ => RestLi.Encode(value.ToString() ?? ""),
        };

    private static string EncodeEntry(DictionaryEntry entry) => $"{Encode(entry.Key)}:{Encode(entry.Value)}";
}
