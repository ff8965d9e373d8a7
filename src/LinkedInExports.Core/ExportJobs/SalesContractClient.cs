using System.Globalization;
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

    /// <summary>Outputs a <see cref="SalesContract"/> for each, page by page.</summary>
    /// <param name="reportingOnly">Whether to leave out those whose data the member may not export.</param>
    /// <param name="output">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">LinkedIn could not be asked.</exception>
    public async Task ListAsync(bool reportingOnly, ICommandOutput output, CancellationToken cancellationToken)
    {
        // Whether the list really comes in pages is not documented, so nothing is assumed: it ends with a page that is
        // empty, or short and without a link to the next, or that brings nothing new.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string page = "";
        while (true)
        {
            ContractsResponse body = await GetPageAsync(page, output, cancellationToken).ConfigureAwait(false);
            ContractElement?[] elements = body.Elements ?? [];
            bool isNew = false;
            foreach (ContractElement? element in elements)
            {
                if (element?.Contract?.ToString() is not { Length: > 0 } urn || !seen.Add(urn))
                    continue;
                isNew = true;
                if (reportingOnly && !element.HasReportingAccess)
                    continue;
                output.Output(new SalesContract
                {
                    Contract = urn,
                    Name = element.Name?.ToString() ?? "",
                    Description = element.Description?.ToString(),
                    HasReportingAccess = element.HasReportingAccess,
                });
            }

            if (!isNew || body.Paging is not { } paging)
                return;
            bool hasNext = paging.Links?.Any(link => string.Equals(link?.Rel, "next", StringComparison.OrdinalIgnoreCase)) == true;
            if (elements.Length < paging.Count && !hasNext)
                return;

            page = string.Format(CultureInfo.InvariantCulture, "&start={0}&count={1}", paging.Start + elements.Length, Math.Max(1, paging.Count));
        }
    }

    private Task<ContractsResponse> GetPageAsync(string page, ICommandOutput output, CancellationToken cancellationToken)
    {
        var request = new LinkedInRequest
        {
            Description = "list the contracts",
            Method = HttpMethod.Get,
            RequestUri = new Uri($"{_api}salesContracts?q=contractsByMember{page}"),
        };
        return _pipeline.SendAsync(
            request, (_, json) => ResponseParser.Parse(json, ExportJson.Default.ContractsResponse, request), output, cancellationToken);
    }
}
