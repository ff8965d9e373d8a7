using System.Collections;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using LinkedInExports.Core.Api;
using LinkedInExports.Infrastructure;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Commands;

/// <summary>Calls any endpoint of LinkedIn's API with the module's sign-in, retries and encoding.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LinkedInApi", SupportsShouldProcess = true, HelpUri = LinkedInDocs.RestLiProtocol)]
[OutputType(typeof(PSObject))]
public sealed class InvokeLinkedInApiCommand : ConnectedCommand
{
    /// <summary>
    /// Specifies the path of the endpoint, such as salesContracts, below the address of the connection. A path that begins with
    /// a slash is below the host, such as /rest/tcrmPipelines.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = ParameterHelp.InvokeLinkedInApi.Path)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Specifies the method of the request: GET (default), POST, PUT or DELETE.</summary>
    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.Method)]
    [ValidateSet("GET", "POST", "PUT", "DELETE")]
    public string Method { get; set; } = "GET";

    /// <summary>
    /// Specifies the parameters of the query. Values are percent-encoded, arrays become List(a,b), and hashtables become
    /// (key:value).
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.Query)]
    [ValidateNotNull]
    public IDictionary? Query { get; set; }

    /// <summary>Specifies the body: an object that is converted to JSON, or text that is JSON.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = ParameterHelp.InvokeLinkedInApi.Body)]
    [ValidateNotNull]
    public object? Body { get; set; }

    /// <summary>Specifies the Rest.li method, such as BATCH_GET, for the methods that differ from that of HTTP.</summary>
    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.RestLiMethod)]
    [ValidateNotNullOrEmpty]
    public string? RestLiMethod { get; set; }

    /// <summary>Specifies the version of the API for this request, such as 202603, instead of that of the connection.</summary>
    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.ApiVersion)]
    [ValidateNotNullOrEmpty]
    [ValidatePattern("^20[0-9]{4}$")]
    public string? ApiVersion { get; set; }

    /// <summary>Requests all pages of a list and outputs their elements one by one.</summary>
    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.Paginate)]
    public SwitchParameter Paginate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Method != "GET" && !ShouldProcess($"{Client.BaseUri.Authority} {Path}", Method))
            return;

        object? body = Body is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : Body;
        var request = new ApiRequest
        {
            Method = new HttpMethod(Method),
            Path = Path,
            Query =
            [
                .. (Query ?? new Hashtable())
                    .Cast<DictionaryEntry>()
                    .Select(entry => new KeyValuePair<string, object?>($"{entry.Key}", PlainValue.From(entry.Value))),
            ],
            Body = body is string ? body : PlainValue.From(body),
            IsRawBody = body is string,
            RestLiMethod = RestLiMethod,
            ApiVersion = ApiVersion,
            Paginate = Paginate,
        };
        OutputResults(
            (diagnostics, cancellationToken) =>
                ToPSObjectsAsync(Client.Api.InvokeAsync(request, diagnostics, cancellationToken), cancellationToken)
        );
    }

    /// <summary>Converts JSON objects to PowerShell objects.</summary>
    private static async IAsyncEnumerable<object> ToPSObjectsAsync(
        IAsyncEnumerable<object> values,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (object value in values.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return PlainValue.ToPSObject(value)!;
    }
}
