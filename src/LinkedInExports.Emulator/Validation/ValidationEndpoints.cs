using System.Globalization;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Validation;

/// <summary>Creates CRM validation export jobs and returns their state.</summary>
internal sealed class ValidationEndpoints(
    ValidationJobs jobs,
    SignedLinkStore links,
    IRequestCheck requestCheck,
    EmulatorOptions options
)
{
    private const string Resource = "/crmDataValidationExportJobs";
    private const string CrmParameter = "crmInstanceId";

    public IEnumerable<Operation> Operations =>
        [
            new(HttpMethods.Post, $"/v2{Resource}", requestCheck, Create),
            new(HttpMethods.Get, $"/v2{Resource}/{{id}}", requestCheck, Get),
        ];

    private EmulatorResponse Create(EmulatorRequest request)
    {
        if (ReadCrm(request, out EmulatedCrmInstance? crm) is { } badQuery)
            return LinkedInError.BadRequest(badQuery);
        if (CreateJobBody.Read(request, out long startAt) is { } badBody)
            return LinkedInError.BadRequest(badBody);

        string id = jobs.Create(crm!, startAt).Id.ToString(CultureInfo.InvariantCulture);

        // LinkedIn omits /v2, so the header cannot be used as it is.
        var response = new EmulatorResponse(201).With("Location", $"{Resource}/{id}");
        return options.IdHeader ? response.With("X-RestLi-Id", id) : response;
    }

    private EmulatorResponse Get(EmulatorRequest request)
    {
        if (ReadCrm(request, out EmulatedCrmInstance? crm) is { } badQuery)
            return LinkedInError.BadRequest(badQuery);
        if (PathKey.ReadLong(request, out long id) is { } badKey)
            return LinkedInError.BadRequest(badKey);

        ValidationJob? job = jobs.Find(id);
        if (job is null || job.Crm != crm)
            return LinkedInError.NotFound($"Export job {id} does not exist for this CRM instance");

        (string status, LinkSet? handedOut) = job.Poll(links);
        return EmulatorResponse.Json(200, ValidationStatusJson.Write(job, status, handedOut, options));
    }

    private static string? ReadCrm(EmulatorRequest request, out EmulatedCrmInstance? crm)
    {
        crm = null;
        if (RawQuery.ReadOnly(request.Query, CrmParameter, out string value) is { } problem)
            return problem;
        crm = EmulatedCrmInstance.Parse(value);
        return crm is null ? $"Parameter '{CrmParameter}' is invalid: expected urn:li:crmInstance:(KEY,ID)" : null;
    }
}
