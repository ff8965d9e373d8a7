using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Api;

/// <summary>
/// Calls any endpoint of LinkedIn's API with the token, retries, headers and query tunneling of the module. The token is sent
/// only to the host of the API.
/// </summary>
public sealed class RestLiApi
{
    /// <summary>The maximum length of a query in bytes. Longer queries are sent in the body of a POST request.</summary>
    private const int MaxQueryBytes = 4000;

    private readonly RequestPipeline _pipeline;
    private readonly Uri _api;

    internal RestLiApi(RequestPipeline pipeline, Uri api)
    {
        _pipeline = pipeline;
        _api = api;
    }

    /// <summary>
    /// Sends the request. Returns the response as <see cref="Dictionary{TKey,TValue}"/>, list or value; with
    /// <see cref="ApiRequest.Paginate"/>, each element of each page. A response without a body that has the id of a created
    /// entity is returned as a dictionary with <c>id</c>; for any other response without a body, the stream is empty.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// LinkedIn rejected the request, or it is unknown whether a POST request was processed
    /// (<see cref="LinkedInErrorId.RequestOutcomeUnknown"/>).
    /// </exception>
    public async IAsyncEnumerable<object> InvokeAsync(
        ApiRequest request,
        IDiagnostics diagnostics,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (!request.Paginate)
        {
            if (await SendAsync(request, [], diagnostics, cancellationToken).ConfigureAwait(false) is { } response)
                yield return response;
            yield break;
        }

        var pager = new Pager(request);
        while (pager.HasNext)
        {
            object? response = await SendAsync(request, pager.Query, diagnostics, cancellationToken).ConfigureAwait(false);
            foreach (object element in pager.ReadElements(response))
                yield return element;
        }
    }

    private async Task<object?> SendAsync(
        ApiRequest request,
        IReadOnlyList<KeyValuePair<string, object?>> page,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        LinkedInRequest message = CreateRequest(request, page);
        try
        {
            return await _pipeline
                .SendAsync(message, (response, body) => Parse(response, body, message), diagnostics, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LinkedInException failure) when (message.RetryOnlyIfNotProcessed && failure.IsOutcomeUnknown)
        {
            throw new LinkedInException(
                LinkedInErrorId.RequestOutcomeUnknown,
                $"It is unknown whether LinkedIn processed {request.Method} {message.RequestUri.AbsolutePath}, so it was "
                    + $"not sent again. {failure.Message}",
                failure
            )
            {
                StatusCode = failure.StatusCode,
                TraceId = failure.TraceId,
                Target = request.Path,
            };
        }
    }

    private LinkedInRequest CreateRequest(ApiRequest request, IReadOnlyList<KeyValuePair<string, object?>> page)
    {
        (string path, string query) = SplitQuery(request.Path);
        IEnumerable<string> parameters = request
            .Query.Where(parameter => !page.Any(own => own.Key == parameter.Key))
            .Concat(page)
            .Select(parameter => $"{RestLi.Encode(parameter.Key)}={RestLiValue.Encode(parameter.Value)}");
        query = string.Join("&", (query.Length == 0 ? [] : new[] { query }).Concat(parameters));
        byte[]? json =
            request.Body is null ? null
            : request.IsRawBody ? Encoding.UTF8.GetBytes((string)request.Body)
            : JsonValues.Write(request.Body);

        Uri address = CreateUri(path);
        bool isTunneled = Encoding.UTF8.GetByteCount(query) > MaxQueryBytes;
        return new LinkedInRequest
        {
            Description = $"call {request.Method} {address.AbsolutePath}",
            Method = isTunneled ? HttpMethod.Post : request.Method,
            TunneledMethod = isTunneled ? request.Method : null,
            RequestUri = isTunneled || query.Length == 0 ? address : new Uri($"{address}?{query}"),
            Json = isTunneled ? null : json,
            Content = isTunneled ? () => TunneledQuery.CreateContent(query, json) : null,
            RestLiMethod = request.RestLiMethod,
            ApiVersion = request.ApiVersion,
            AcceptsJson = true,
            RetryOnlyIfNotProcessed = request.Method == HttpMethod.Post,
            Target = request.Path,
        };
    }

    private Uri CreateUri(string path)
    {
        Uri root = path.StartsWith("/", StringComparison.Ordinal) ? new Uri(_api.GetLeftPart(UriPartial.Authority)) : _api;
        return
            path.IndexOf("://", StringComparison.Ordinal) < 0
            && !path.StartsWith("//", StringComparison.Ordinal)
            && Uri.TryCreate(root.AbsoluteUri.TrimEnd('/') + "/" + path.TrimStart('/'), UriKind.Absolute, out Uri? address)
            && address.Authority == _api.Authority
            ? address
            : throw new LinkedInException(
                LinkedInErrorId.InvalidRequest,
                $"'{path}' is not a path of the API. Specify it without a host, such as salesContracts or /rest/tcrmPipelines."
            )
            {
                Target = path,
            };
    }

    private static (string Path, string Query) SplitQuery(string path) =>
        path.IndexOf('?') is >= 0 and var at ? (path.Substring(0, at), path.Substring(at + 1)) : (path, "");

    private static object? Parse(HttpResponseMessage response, ArraySegment<byte> body, LinkedInRequest request)
    {
        if (body.Count > 0)
        {
            using JsonDocument document = JsonDocument.Parse(body.AsMemory());
            return JsonValues.Read(document.RootElement);
        }

        string? id = RestLi.GetHeader(response, RestLi.IdHeader) ?? RestLi.GetHeader(response, RestLi.OldIdHeader);
        return id is null || request.Method == HttpMethod.Get ? null : new Dictionary<string, object?> { ["id"] = id };
    }

    /// <summary>Requests the pages of a list by offset or by the token of the next page.</summary>
    private sealed class Pager(ApiRequest request)
    {
        private long _start;

        internal bool HasNext { get; private set; } = true;

        internal IReadOnlyList<KeyValuePair<string, object?>> Query { get; private set; } = [];

        internal IEnumerable<object> ReadElements(object? response)
        {
            HasNext = false;
            if (response is not Dictionary<string, object?> page || page.GetValue("elements") is not List<object?> elements)
            {
                throw new LinkedInException(
                    LinkedInErrorId.UnexpectedResponse,
                    $"The response of {request.Path} has no elements, so it has no pages. Call it without -Paginate."
                )
                {
                    Target = request.Path,
                };
            }

            Dictionary<string, object?>? paging = page.GetValue("paging") as Dictionary<string, object?>;
            if (
                page.GetValue("metadata") is Dictionary<string, object?> metadata
                && metadata.GetValue("nextPageToken") is string { Length: > 0 } token
            )
            {
                Advance([new("pageToken", token)]);
            }
            else if (
                elements.Count > 0
                && paging is not null
                && (HasNextLink(paging) || elements.Count >= (paging.GetValue("count") as long? ?? long.MaxValue))
            )
            {
                Advance([
                    new("start", (paging.GetValue("start") as long? ?? _start) + elements.Count),
                    new("count", Math.Max(1, paging.GetValue("count") as long? ?? elements.Count)),
                ]);
            }

            return elements.OfType<object>();
        }

        private static bool HasNextLink(Dictionary<string, object?> paging) =>
            paging.GetValue("links") is List<object?> links
            && links
                .OfType<Dictionary<string, object?>>()
                .Any(link => string.Equals(link.GetValue("rel") as string, "next", StringComparison.OrdinalIgnoreCase));

        private void Advance(KeyValuePair<string, object?>[] query)
        {
            string key = string.Join(
                "&",
                query.Select(parameter => string.Format(CultureInfo.InvariantCulture, "{0}={1}", parameter.Key, parameter.Value))
            );
            string before = string.Join(
                "&",
                Query.Select(parameter => string.Format(CultureInfo.InvariantCulture, "{0}={1}", parameter.Key, parameter.Value))
            );
            HasNext = key != before; // The same page again would result in an infinite loop.
            _start = query[0].Value as long? ?? 0;
            Query = query;
        }
    }
}
