using System.Collections;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using LinkedInExports.Core.Api;
using LinkedInExports.Infrastructure;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Commands;

/// <summary>Calls any endpoint of LinkedIn's API with the module's sign-in, retries and encoding.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "LinkedInApi", SupportsShouldProcess = true, HelpUri = HelpLinks.InvokeLinkedInApi)]
[OutputType(typeof(PSObject))]
public sealed class InvokeLinkedInApiCommand : ConnectedCommand
{
    [Parameter(Mandatory = true, Position = 0, HelpMessage = ParameterHelp.InvokeLinkedInApi.Path)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.Method)]
    [ValidateSet("GET", "POST", "PUT", "DELETE")]
    public string Method { get; set; } = "GET";

    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.Query)]
    [ValidateNotNull]
    public IDictionary? Query { get; set; }

    [Parameter(ValueFromPipeline = true, HelpMessage = ParameterHelp.InvokeLinkedInApi.Body)]
    [ValidateNotNull]
    public object? Body { get; set; }

    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.RestLiMethod)]
    [ValidateNotNullOrEmpty]
    public string? RestLiMethod { get; set; }

    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.ApiVersion)]
    [ValidateNotNullOrEmpty]
    [ValidatePattern(ConnectionFactory.ApiVersionPattern)]
    public string? ApiVersion { get; set; }

    [Parameter(HelpMessage = ParameterHelp.InvokeLinkedInApi.Paginate)]
    public SwitchParameter Paginate { get; set; }

    protected override void ProcessRecord()
    {
        if (Method != "GET" && !ShouldProcess($"{Client.BaseUri.Authority} {Path}", Method))
            return;

        object? body = Body.Unwrap();
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
