using System.Globalization;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Incidents;

/// <summary>Keeps the headers that determine what the module does, with pseudonyms for their data and relative times.</summary>
internal sealed class HeaderReducer(Pseudonymizer pseudonymizer)
{
    private static readonly string[] RequestNames =
    [
        RestLi.ProtocolHeader,
        RestLi.MethodHeader,
        RestLi.MethodOverrideHeader,
        RestLi.VersionHeader,
        "Range",
        "If-Range",
    ];

    private static readonly string[] ResponseNames =
    [
        "Accept-Ranges",
        "Date",
        "ETag",
        "Location",
        "Retry-After",
        "Transfer-Encoding",
        RestLi.IdHeader,
        RestLi.OldIdHeader,
    ];

    private static readonly string[] ContentNames =
    [
        "Content-Encoding",
        "Content-Length",
        "Content-Range",
        "Content-Type",
        "Last-Modified",
    ];

    internal IReadOnlyList<KeyValuePair<string, string>> Reduce(HttpRequestMessage request, DateTimeOffset now)
    {
        var reduced = new List<KeyValuePair<string, string>>();
        if (request.Headers.Authorization is not null)
            reduced.Add(new("Authorization", "Bearer"));
        Add(request.Headers, RequestNames, now, reduced);
        return reduced;
    }

    internal IReadOnlyList<KeyValuePair<string, string>> Reduce(HttpResponseMessage response, DateTimeOffset now)
    {
        var reduced = new List<KeyValuePair<string, string>>();
        Add(response.Headers, ResponseNames, now, reduced);
        if (response.Content is not null)
            Add(response.Content.Headers, ContentNames, now, reduced);
        return reduced;
    }

    private void Add(
        System.Net.Http.Headers.HttpHeaders headers,
        string[] names,
        DateTimeOffset now,
        List<KeyValuePair<string, string>> reduced
    )
    {
#if NET
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in headers.NonValidated)
        {
            if (Array.Find(names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } documented)
                reduced.Add(new(documented, Reduce(documented, values.ToString(), now)));
        }
#else
        foreach (string name in names)
        {
            if (headers.TryGetValues(name, out IEnumerable<string>? values))
                reduced.Add(new(name, Reduce(name, string.Join(", ", values), now)));
        }
#endif
    }

    private string Reduce(string name, string value, DateTimeOffset now)
    {
        if (
            name is "Date" or "Last-Modified" or "Retry-After"
            && DateTimeOffset.TryParseExact(
                value,
                "R",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out DateTimeOffset date
            )
        )
        {
            double seconds = Math.Round((date - now).TotalSeconds);
            return string.Format(CultureInfo.InvariantCulture, "{0}{1:+0;-0;+0}", IncidentFormat.Now, seconds);
        }

        // Ranges, lengths, delays and versions.
        return name is not (RestLi.IdHeader or RestLi.OldIdHeader or "Location" or "ETag" or "If-Range") && IsSize(value)
            ? value
            : pseudonymizer.PseudonymizeHeader(value);
    }

    /// <summary>Whether a value consists of numbers, and of the unit of a range.</summary>
    private static bool IsSize(string value)
    {
        string sizes = value.StartsWith("bytes", StringComparison.Ordinal) ? value.Substring("bytes".Length) : value;
        return sizes.Length <= 40
            && sizes.All(character => character is (>= '0' and <= '9') or '-' or '/' or '*' or '=' or ' ' or '.');
    }
}
