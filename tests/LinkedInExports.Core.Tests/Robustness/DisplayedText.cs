using System.Collections;
using System.Reflection;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>The texts that users and scripts see, and what they must not contain.</summary>
internal static class DisplayedText
{
    /// <summary>Returns what a text must not contain, or null.</summary>
    internal static string? FindProblem(string text)
    {
        foreach (char character in text)
        {
            if (IsControlOrDirection(character))
                return $"the character U+{(int)character:X4}";
        }

        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                at++;
            else if (char.IsSurrogate(text[at]))
                return "a lone surrogate";
        }

        return null;
    }

    /// <summary>
    /// All texts of an object that users and scripts can see. Records of files are data and are omitted.
    /// </summary>
    internal static IEnumerable<(string Path, string Text)> GetAll(object? value, string path, int depth)
    {
        if (value is null || depth > 4)
            yield break;
        if (value is string text)
        {
            yield return (path, text);
            yield break;
        }

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                foreach ((string, string) found in GetAll(item, path + "[]", depth + 1))
                    yield return found;
            }

            yield break;
        }

        if (value.ToString() is { } shown)
            yield return (path + ".ToString()", shown);
        if (value.GetType().Assembly != typeof(LinkedInException).Assembly || value.GetType().IsEnum || value is SignedUrl)
            yield break;
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0)
                continue;
            foreach ((string, string) found in GetAll(property.GetValue(value), $"{path}.{property.Name}", depth + 1))
                yield return found;
        }
    }

    internal static string Shorten(string text) =>
        (text.Length <= 600 ? text : text[..600] + "…").Replace("\x1b", "<ESC>", StringComparison.Ordinal);

    private static bool IsControlOrDirection(char character) =>
        char.IsControl(character)
        || character
            is '\u061C'
                or '\u200E'
                or '\u200F'
                or (>= '\u202A' and <= '\u202E')
                or (>= '\u2066' and <= '\u2069')
                or '\u2028'
                or '\u2029';
}
