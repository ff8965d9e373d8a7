using System.Text;
using Microsoft.Extensions.Primitives;

namespace LinkedInExports.Emulator.Http;

/// <summary>
/// Unpacks query tunneling: a POST whose body contains a query that is too long for a URL, and the body of the tunneled
/// request.
/// </summary>
/// <param name="options">
/// The options. LinkedIn documents tunneling of GET, POST and PUT, but not of DELETE.
/// </param>
internal sealed class QueryTunnel(EmulatorOptions options)
{
    private const string Header = "X-HTTP-Method-Override";
    private const string FormType = "application/x-www-form-urlencoded";
    private const string JsonType = "application/json";
    private const string MultipartType = "multipart/mixed";

    /// <summary>Replaces a tunneled request by the request that it contains.</summary>
    /// <returns>An error, or <c>null</c>.</returns>
    public EmulatorResponse? Unpack(ref EmulatorRequest request)
    {
        StringValues verbs = request.Headers[Header];
        if (verbs.Count == 0 || !ApiVersion.AppliesTo(request.Path))
            return null;
        if (options.Behavior.TunnelStatus is { } status)
            return LinkedInError.Create(status, 0, $"{Header} is not supported for this resource");
        if (request.Method != HttpMethods.Post)
            return CreateRejection($"{Header} requires a POST");
        if (request.Headers.ContentLength is null)
            return LinkedInError.Create(411, 0, "Length Required: a POST needs a Content-Length header");
        if (request.Query.Length > 0)
            return CreateRejection("a tunneled request has its query in the body, not in the URL");

        string verb = verbs.ToString();
        if (verb is not ("GET" or "POST" or "PUT" or "DELETE"))
            return CreateRejection($"{Header} '{verb}' is not supported");
        if (verb == HttpMethods.Delete && !options.TunnelledDelete)
            return CreateRejection("DELETE cannot be tunneled");
        return verb is "GET" or "DELETE" ? UnpackForm(ref request, verb) : UnpackParts(ref request, verb);
    }

    private static EmulatorResponse? UnpackForm(ref EmulatorRequest request, string verb)
    {
        if (!MediaType.Matches(request, FormType))
            return CreateRejection($"Content-Type of a tunneled {verb} must be {FormType}");
        request = CreateTunneledRequest(request, verb, request.Body, contentType: null, body: []);
        return null;
    }

    private static EmulatorResponse? UnpackParts(ref EmulatorRequest request, string verb)
    {
        string contentType = request.Headers.ContentType.ToString();
        if (
            MultipartBody.Read(contentType, MultipartType, request.Body, out IReadOnlyList<MultipartBody.Part> parts) is
            { } problem
        )
        {
            return CreateRejection(problem);
        }

        if (parts.Count != 2)
            return CreateRejection($"expected two parts, the query and the body, not {parts.Count}");
        if (!MediaType.Matches(parts[0].ContentType, FormType))
            return CreateRejection($"the first part must be {FormType}");
        if (!MediaType.Matches(parts[1].ContentType, JsonType))
            return CreateRejection($"the second part must be {JsonType}");
        request = CreateTunneledRequest(request, verb, parts[0].Content, parts[1].ContentType, parts[1].Content.ToArray());
        return null;
    }

    private static EmulatorRequest CreateTunneledRequest(
        EmulatorRequest sent,
        string verb,
        ReadOnlyMemory<byte> query,
        string? contentType,
        byte[] body
    )
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach ((string name, StringValues values) in sent.Headers)
            headers[name] = values;
        headers.Remove(Header);
        headers.ContentType = contentType;
        headers.ContentLength = body.Length;
        string target = $"{sent.Path}?{Encoding.UTF8.GetString(query.Span)}";
        return new EmulatorRequest(verb, target, headers, sent.RemoteAddress).With(body);
    }

    private static EmulatorResponse CreateRejection(string reason) =>
        LinkedInError.BadRequest($"Invalid tunneled request: {reason}");
}
