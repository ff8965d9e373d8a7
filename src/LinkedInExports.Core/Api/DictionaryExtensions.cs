namespace LinkedInExports.Core.Api;

internal static class DictionaryExtensions
{
    /// <summary>The value of a key; null where it is missing.</summary>
    internal static object? GetValue(this Dictionary<string, object?> values, string key) =>
        values.TryGetValue(key, out object? value) ? value : null;
}
