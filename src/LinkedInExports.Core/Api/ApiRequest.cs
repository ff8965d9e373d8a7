namespace LinkedInExports.Core.Api;

/// <summary>A request to any endpoint of LinkedIn's API.</summary>
public sealed class ApiRequest
{
    /// <summary>GET, POST, PUT or DELETE.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>
    /// The path relative to the API's address, for example <c>salesContracts</c>, or with a leading slash relative to the host,
    /// for example <c>/rest/tcrmPipelines</c>. A query in it is sent unchanged.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>
    /// The parameters of the query, in order. Texts are percent-encoded, lists become <c>List(a,b)</c> and dictionaries
    /// <c>(key:value)</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Query { get; init; } = [];

    /// <summary>The body: dictionaries, lists, texts, numbers and booleans, or null.</summary>
    public object? Body { get; init; }

    /// <summary>Whether <see cref="Body"/> is JSON text.</summary>
    public bool IsRawBody { get; init; }

    /// <summary>The Rest.li method, for example <c>BATCH_GET</c>, if the HTTP method does not determine it.</summary>
    public string? RestLiMethod { get; init; }

    /// <summary>The API version of this request, <c>YYYYMM</c>, or null for that of the connection.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Whether to request all pages and return their elements.</summary>
    public bool Paginate { get; init; }
}
