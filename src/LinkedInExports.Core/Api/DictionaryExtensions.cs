namespace LinkedInExports.Core.Api;

internal static class DictionaryExtensions
{
    /// <summary>Gets the value of a key, or null if it is missing.</summary>
    internal static object? GetValue(this Dictionary<string, object?> values, string key) =>
        values.TryGetValue(key, out object? value) ? value : null;
}
