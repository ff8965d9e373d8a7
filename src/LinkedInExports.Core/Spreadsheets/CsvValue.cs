using System.Collections;
using System.Globalization;
using CsvHelper;

namespace LinkedInExports.Core.Spreadsheets;

/// <summary>Writes values independent of the culture: times in ISO 8601 and UTC, and lists in one cell.</summary>
internal static class CsvValue
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Writes a value.</summary>
    /// <param name="csv">The writer.</param>
    /// <param name="value">The value.</param>
    /// <param name="isRaw">Whether formulas in text are not escaped.</param>
    internal static void Write(CsvWriter csv, object? value, bool isRaw)
    {
        if (IsNumber(value))
        {
            csv.WriteField(value); // A negative number is not a formula.
            return;
        }

        string? text = Format(value);
        csv.WriteField(text is null || isRaw ? text : FormulaEscape.EscapeParts(text));
    }

    private static bool IsNumber(object? value) =>
        value is not (null or Enum) && Type.GetTypeCode(value.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static string? Format(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            DateTimeOffset time => Format(time.UtcDateTime),

            // A time without a zone is in UTC, as everywhere in the module.
            DateTime time => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString(
                TimeFormat,
                CultureInfo.InvariantCulture
            ),
#if NET
            DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
#endif
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            KeyValuePair<string, object?> property => $"{property.Key}={Format(property.Value)}",
            IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Format)),
            _ => value.ToString(),
        };
}
