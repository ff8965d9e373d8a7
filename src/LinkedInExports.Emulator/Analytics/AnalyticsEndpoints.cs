using System.Globalization;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Contracts;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>Creates Sales Navigator analytics export jobs and returns their state.</summary>
internal sealed class AnalyticsEndpoints(
    AnalyticsJobs jobs,
    SignedLinkStore links,
    IRequestCheck requestCheck,
    EmulatorOptions options
)
{
    private const string Resource = "salesAnalyticsExportJobs";

    public IEnumerable<Operation> Operations =>
        [
            new(HttpMethods.Post, $"/v2/{Resource}", requestCheck, Create),
            new(HttpMethods.Get, $"/v2/{Resource}/{{id}}", requestCheck, Get),
        ];

    // A Rest.li action: the parameters are in the body. LinkedIn documents the id of the new job in the response body only.
    private EmulatorResponse Create(EmulatorRequest request)
    {
        if (RawQuery.ReadOnly(request.Query, "action", out string action) is { } badQuery)
            return LinkedInError.BadRequest(badQuery);
        if (AnalyticsAction.Parse(action) is not { } export)
            return LinkedInError.BadRequest($"Parameter 'action' is invalid: there is no action '{action}'");
        if (AnalyticsRequest.Read(request, out AnalyticsRequest parameters) is { } badBody)
            return LinkedInError.BadRequest(badBody);

        // A contract that does not exist and one without access get the same error.
        bool mayExport = options.Contracts.Any(contract => contract.Id == parameters.Contract && contract.HasReportingAccess);
        if (!mayExport)
            return LinkedInError.AccessDenied($"{Resource}.ACTION-{action}");

        AnalyticsJob job = jobs.Create(export, parameters);
        string id = job.Id.ToString(CultureInfo.InvariantCulture);
        return options.Behavior.AnalyticsJobId switch
        {
            JobIdPlace.RestLiIdHeader => new EmulatorResponse(options.ActionStatusCode).With("X-RestLi-Id", id),
            JobIdPlace.LocationHeader => new EmulatorResponse(options.ActionStatusCode).With("Location", $"/{Resource}/{id}"),
            _ => EmulatorResponse.Json(options.ActionStatusCode, AnalyticsJson.Created(job, options)),
        };
    }

    private EmulatorResponse Get(EmulatorRequest request)
    {
        if (RawQuery.ReadOnly(request.Query, "contract", out string urn) is { } badQuery)
            return LinkedInError.BadRequest(badQuery);
        if (EmulatedContractUrn.Parse(urn) is not { } contract)
            return LinkedInError.BadRequest("Parameter 'contract' is invalid: expected urn:li:contract:{id}");
        if (PathKey.ReadLong(request, out long id) is { } badKey)
            return LinkedInError.BadRequest(badKey);

        AnalyticsJob? job = jobs.Find(id);
        if (job is null || job.Request.Contract != contract)
            return LinkedInError.NotFound($"Export job {id} does not exist for this contract");

        (string status, LinkSet? handedOut) = job.Poll(links);
        return EmulatorResponse.Json(200, AnalyticsJson.State(job, status, handedOut, options));
    }
}
