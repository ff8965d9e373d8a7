using System.Runtime.CompilerServices;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Api;

/// <summary>
/// Calls the read-only endpoints that the module uses, and compares each response with the expected one. It shows which
/// endpoints LinkedIn has approved an application for.
/// </summary>
internal sealed class EndpointTest(RequestPipeline pipeline, Uri api)
{
    /// <summary>An id that no job has. An endpoint that the application can call responds that the job does not exist.</summary>
    private const string NoJob = "1";

    /// <summary>Calls the endpoints one after the other.</summary>
    /// <param name="crmInstanceId">The CRM instance for the validation endpoint; null to skip that endpoint.</param>
    /// <param name="contract">The contract for the analytics endpoint; null for the first contract of the member.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    internal async IAsyncEnumerable<EndpointTestResult> RunAsync(
        string? crmInstanceId,
        string? contract,
        IDiagnostics diagnostics,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? firstContract = null;
        yield return await TestAsync(
                "GET salesContracts?q=contractsByMember",
                "200 with the contracts of the signed-in member",
                [200],
                ["Get-SalesContract", "New-SalesAnalyticsExportJob"],
                $"{api}salesContracts?q=contractsByMember",
                body =>
                {
                    ContractsResponse contracts = ResponseParser.Parse(
                        body,
                        ExportJson.Default.ContractsResponse,
                        CreateRequest("read the contracts", api)
                    );
                    firstContract = contracts
                        .Elements?.FirstOrDefault(element => element?.Contract is { IsEmpty: false })
                        ?.Contract?.ToString();
                    return contracts.Elements is null
                        ? "200, but without elements"
                        : $"200 with {contracts.Elements.Length} contracts on its first page";
                },
                diagnostics,
                cancellationToken
            )
            .ConfigureAwait(false);

        string[] analytics = ["New-SalesAnalyticsExportJob", "Get-SalesAnalyticsExportJob", "Wait-ExportJob", "Save-ExportFile"];
        string? contractUrn = contract is null ? firstContract : ContractUrn.Parse(contract).ToString();
        yield return contractUrn is null
            ? CreateNotTested("GET salesAnalyticsExportJobs/{id}", "No contract is known. Specify one with -Contract.", analytics)
            : await TestAsync(
                    "GET salesAnalyticsExportJobs/{id}",
                    "404, because no job has this id",
                    [404, 200],
                    analytics,
                    $"{api}salesAnalyticsExportJobs/{NoJob}?contract={RestLi.Encode(contractUrn)}",
                    _ => "200",
                    diagnostics,
                    cancellationToken
                )
                .ConfigureAwait(false);

        string[] validation = ["New-CrmValidationExportJob", "Get-CrmValidationExportJob", "Wait-ExportJob", "Save-ExportFile"];
        yield return crmInstanceId is null
            ? CreateNotTested("GET crmDataValidationExportJobs/{id}", "Specify a CRM instance with -CrmInstanceId.", validation)
            : await TestAsync(
                    "GET crmDataValidationExportJobs/{id}",
                    "404, because no job has this id",
                    [404, 200],
                    validation,
                    $"{api}crmDataValidationExportJobs/{NoJob}?crmInstanceId={RestLi.Encode(CrmInstanceUrn.Parse(crmInstanceId).ToString())}",
                    _ => "200",
                    diagnostics,
                    cancellationToken
                )
                .ConfigureAwait(false);

        yield return CreateNotTested(
            "hireMediaUrl, tcrmCandidateResumes",
            "LinkedIn documents no read-only request for resumes. Send one with Sync-CandidateResume.",
            ["Send-CandidateResume", "Sync-CandidateResume", "Remove-CandidateResume"]
        );
    }

    private async Task<EndpointTestResult> TestAsync(
        string endpoint,
        string expected,
        int[] expectedStatus,
        string[] commands,
        string address,
        Func<ArraySegment<byte>, string> describe,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        int? status;
        string returned;
        bool passed;
        try
        {
            (status, returned) = await pipeline
                .SendAsync(
                    CreateRequest($"call {endpoint}", new Uri(address)),
                    (response, body) => ((int?)response.StatusCode, describe(body)),
                    diagnostics,
                    cancellationToken
                )
                .ConfigureAwait(false);
            passed = expectedStatus.Contains(status!.Value);
        }
        catch (LinkedInException failure)
        {
            (status, returned) = (failure.StatusCode, failure.Message);
            passed = status is { } code && expectedStatus.Contains(code);
        }

        return new EndpointTestResult
        {
            Endpoint = endpoint,
            Expected = expected,
            Returned = passed && status == 404 ? "404" : returned,
            StatusCode = status,
            Passed = passed,
            AffectedCommand = commands,
        };
    }

    private static LinkedInRequest CreateRequest(string purpose, Uri address) =>
        new()
        {
            Description = purpose,
            Method = HttpMethod.Get,
            RequestUri = address,
        };

    private static EndpointTestResult CreateNotTested(string endpoint, string reason, string[] commands) =>
        new()
        {
            Endpoint = endpoint,
            Returned = reason,
            Passed = null,
            AffectedCommand = commands,
        };
}
