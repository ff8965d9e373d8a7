namespace LinkedInExports.Core.Api;

/// <summary>A request to any endpoint of LinkedIn's API.</summary>
public sealed class ApiRequest
{
    /// <summary>GET, POST, PUT or DELETE.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>
    /// The path below the address of the API, such as <c>salesContracts</c>; with a slash at its beginning, below the host,
    /// such as <c>/rest/tcrmPipelines</c>. A query in it is sent as it is.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>
    /// Parameters of the query, in order. Texts are percent-encoded, lists become <c>List(a,b)</c> and dictionaries
    /// <c>(key:value)</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Query { get; init; } = [];

    /// <summary>The body: dictionaries, lists, texts, numbers and booleans; null for none.</summary>
    public object? Body { get; init; }

    /// <summary>Whether <see cref="Body"/> is a text that is JSON already.</summary>
    public bool IsRawBody { get; init; }

    /// <summary>The Rest.li method, such as <c>BATCH_GET</c>, for those that the verb does not tell.</summary>
    public string? RestLiMethod { get; init; }

    /// <summary>The version of the API for this request, <c>YYYYMM</c>; null for that of the connection.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Whether to request further pages, and to return the elements of all of them.</summary>
    public bool Paginate { get; init; }
}
