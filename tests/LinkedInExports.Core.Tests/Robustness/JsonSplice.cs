using System.Text.Json;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>Changes the structure of JSON by its bytes, so that the result may be anything, valid or not.</summary>
internal static class JsonSplice
{
    /// <summary>Replaces the n-th value, counted modulo the number of values.</summary>
    internal static byte[] ReplaceValue(byte[] json, int number, Func<byte[], byte[]> change) =>
        Pick(Parse(json)?.Values, number) is { } value
            ? Splice(json, value.Start, value.End, change(json[value.Start..value.End]))
            : json;

    /// <summary>Removes the n-th property.</summary>
    internal static byte[] RemoveProperty(byte[] json, int number)
    {
        if (Pick(Parse(json)?.Properties, number) is not { } property)
            return json;

        // With the comma after it, or else the one before it.
        int start = property.NameStart;
        int end = property.End;
        if (end < json.Length && json[end] == ',')
            end++;
        else if (start > 0 && json[start - 1] == ',')
            start--;
        return Splice(json, start, end, []);
    }

    /// <summary>Repeats the n-th property before it, with another value.</summary>
    internal static byte[] RepeatProperty(byte[] json, int number, byte[] value) =>
        Pick(Parse(json)?.Properties, number) is { } property
            ? Splice(
                json,
                property.NameStart,
                property.NameStart,
                [.. json[property.NameStart..property.ValueStart], .. value, (byte)',']
            )
            : json;

    /// <summary>Gives the n-th property another name, which is JSON with its quotes.</summary>
    internal static byte[] RenameProperty(byte[] json, int number, byte[] name) =>
        Pick(Parse(json)?.Properties, number) is { } property
            ? Splice(json, property.NameStart, property.ValueStart, [.. name, (byte)':'])
            : json;

    private static T? Pick<T>(IReadOnlyList<T>? items, int number)
        where T : struct => items is { Count: > 0 } ? items[number % items.Count] : null;

    private static byte[] Splice(byte[] json, int start, int end, byte[] with) => [.. json[..start], .. with, .. json[end..]];

    /// <returns>
    /// The positions of the values and the properties, or null if an earlier change made the text invalid.
    /// </returns>
    private static (List<(int Start, int End)> Values, List<(int NameStart, int ValueStart, int End)> Properties)? Parse(
        byte[] json
    )
    {
        var values = new List<(int, int)>();
        var properties = new List<(int, int, int)>();
        var open = new Stack<(int Start, int NameStart)>();
        int nameStart = -1;
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                int start = (int)reader.TokenStartIndex;
                int end = (int)reader.BytesConsumed;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        nameStart = start;
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((start, nameStart));
                        nameStart = -1;
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        (start, nameStart) = open.Pop();
                        break;
                }

                values.Add((start, end));
                if (nameStart >= 0)
                    properties.Add((nameStart, start, end));
                nameStart = -1;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return (values, properties);
    }
}
