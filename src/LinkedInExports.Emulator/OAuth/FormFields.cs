using System.Buffers;
using System.Text;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>The fields of a form or query. Unknown fields are ignored, as OAuth requires.</summary>
internal sealed class FormFields
{
    private const string FormType = "application/x-www-form-urlencoded";

    // A plus sign represents a space, so a secret that is not encoded is changed.
    private static readonly SearchValues<char> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+*!'()"
    );

    // LinkedIn's JavaScript client does not encode its authorization URL.
    private static readonly SearchValues<char> InAddress = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+*!'():/?,;@$="
    );

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Gets the decoded value, or null if it is missing or empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>Reads the body of a request that has parameters only in its body.</summary>
    /// <returns>An error, or <c>null</c>.</returns>
    public static EmulatorResponse? Read(EmulatorRequest request, out FormFields form)
    {
        form = new FormFields();
        if (request.Query.Length > 0)
            return OAuthError.BadRequest("Parameters must be in the body, because a URL must not contain secrets");
        if (!MediaType.Matches(request, FormType))
            return OAuthError.BadRequest($"Content-Type must be {FormType}");
        return form.Parse(Encoding.UTF8.GetString(request.Body), Unreserved) is { } problem
            ? OAuthError.BadRequest(problem)
            : null;
    }

    /// <summary>Reads the query of a URL to which a browser is sent.</summary>
    /// <returns>An error message, or <c>null</c>.</returns>
    public string? ReadAddress(string query) => Parse(query, InAddress);

    private string? Parse(string text, SearchValues<char> unreserved)
    {
        foreach (string pair in text.Length == 0 ? [] : text.Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? pair : pair[..equals];
            string raw = equals < 0 ? "" : pair[(equals + 1)..];
            if (!PercentEncoding.IsComplete(raw, unreserved))
                return $"Parameter \"{name}\" is not URL-encoded";
            string value = Uri.UnescapeDataString(raw.Replace('+', ' '));
            if (!_values.TryAdd(name, value))
                return $"Parameter \"{name}\" is given more than once";
        }

        return null;
    }

    /// <returns>The first missing field, or <c>null</c>.</returns>
    public string? FirstMissing(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (this[name] is null)
                return name;
        }

        return null;
    }

    /// <returns>An error with the name of the missing field, or <c>null</c>.</returns>
    public EmulatorResponse? Require(params ReadOnlySpan<string> names) =>
        FirstMissing(names) is { } missing ? OAuthError.BadRequest($"A required parameter \"{missing}\" is missing") : null;
}
