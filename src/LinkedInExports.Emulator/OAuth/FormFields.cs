using System.Buffers;
using System.Text;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>The fields of a form, or of a query written like one. Unknown ones are ignored, as OAuth asks for.</summary>
internal sealed class FormFields
{
    private const string FormType = "application/x-www-form-urlencoded";

    // A plus stands for a space: a secret that is sent as it is turns into another one.
    private static readonly SearchValues<char> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+*!'()"
    );

    // LinkedIn's JavaScript client builds its authorization address without encoding anything.
    private static readonly SearchValues<char> InAddress = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+*!'():/?,;@$="
    );

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The decoded value; an empty one is as good as none.</summary>
    public string? this[string name] => _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>Reads the body of a request that may have its parameters nowhere else.</summary>
    /// <returns>The refusal, or <c>null</c>.</returns>
    public static EmulatorResponse? Read(EmulatorRequest request, out FormFields form)
    {
        form = new FormFields();
        if (request.Query.Length > 0)
            return OAuthError.BadRequest("Parameters have to be in the body: the URL is no place for a secret");
        if (!MediaType.Matches(request, FormType))
            return OAuthError.BadRequest($"Content-Type has to be {FormType}");
        return form.Parse(Encoding.UTF8.GetString(request.Body), Unreserved) is { } problem
            ? OAuthError.BadRequest(problem)
            : null;
    }

    /// <summary>Reads the query of an address that a browser is sent to.</summary>
    /// <returns>What is wrong, or <c>null</c>.</returns>
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

    /// <returns>The first of these that is not there, or <c>null</c>.</returns>
    public string? FirstMissing(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (this[name] is null)
                return name;
        }

        return null;
    }

    /// <returns>The refusal that names what is missing, or <c>null</c>.</returns>
    public EmulatorResponse? Require(params ReadOnlySpan<string> names) =>
        FirstMissing(names) is { } missing ? OAuthError.BadRequest($"A required parameter \"{missing}\" is missing") : null;
}
