using System.Globalization;
using System.Runtime.CompilerServices;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Lists the contracts on which the signed-in member has a seat (salesContracts, finder contractsByMember).</summary>
public sealed class SalesContractClient
{
    private readonly RequestPipeline _pipeline;
    private readonly Uri _api;

    internal SalesContractClient(RequestPipeline pipeline, Uri api)
    {
        _pipeline = pipeline;
        _api = api;
    }

    /// <summary>Returns the contracts. Requests the next page when it is needed.</summary>
    /// <param name="reportingOnly">Whether to omit contracts whose data the member cannot export.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">The request failed.</exception>
    public async IAsyncEnumerable<SalesContract> ListAsync(
        bool reportingOnly,
        IDiagnostics diagnostics,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // LinkedIn does not document how the list is paged. It ends with a page that is empty, that has no new contract, or
        // that is short and has no link to the next one.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string page = "";
        while (true)
        {
            ContractsResponse body = await GetPageAsync(page, diagnostics, cancellationToken).ConfigureAwait(false);
            ContractElement?[] elements = body.Elements ?? [];
            bool isNew = false;
            foreach (ContractElement? element in elements)
            {
                if (element?.Contract?.ToString() is not { Length: > 0 } urn || !seen.Add(urn))
                    continue;
                isNew = true;
                if (reportingOnly && !element.HasReportingAccess)
                    continue;
                yield return new SalesContract
                {
                    Contract = urn,
                    Name = element.Name?.ToString() ?? "",
                    Description = element.Description?.ToString(),
                    HasReportingAccess = element.HasReportingAccess,
                };
            }

            if (!isNew || body.Paging is not { } paging)
                yield break;
            bool hasNext =
                paging.Links?.Any(link => string.Equals(link?.Rel, "next", StringComparison.OrdinalIgnoreCase)) == true;
            if (elements.Length < paging.Count && !hasNext)
                yield break;

            page = string.Format(
                CultureInfo.InvariantCulture,
                "&start={0}&count={1}",
                paging.Start + elements.Length,
                Math.Max(1, paging.Count)
            );
        }
    }

    private Task<ContractsResponse> GetPageAsync(string page, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var request = new LinkedInRequest
        {
            Description = "list the contracts",
            Method = HttpMethod.Get,
            RequestUri = new Uri($"{_api}salesContracts?q=contractsByMember{page}"),
        };
        return _pipeline.SendAsync(
            request,
            (_, json) => ResponseParser.Parse(json, ExportJson.Default.ContractsResponse, request),
            diagnostics,
            cancellationToken
        );
    }
}
