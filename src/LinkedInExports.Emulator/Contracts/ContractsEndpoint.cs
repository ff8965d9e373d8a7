using System.Globalization;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Contracts;

/// <summary>Lists the contracts of the member.</summary>
internal sealed class ContractsEndpoint(IRequestCheck requestCheck, EmulatorOptions options)
{
    private const string Resource = "salesContracts";
    private const string Finder = "contractsByMember";

    // The default count of LinkedIn's APIs.
    private const int DefaultCount = 10;

    public IEnumerable<Operation> Operations => [new(HttpMethods.Get, $"{ApiVersion.Unversioned}{Resource}", requestCheck, List)];

    /// <summary>Creates the URL of a page with the version prefix of the request.</summary>
    public static string CreatePageAddress(string prefix, long start, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{Resource}?q={Finder}&start={start}&count={count}");

    private EmulatorResponse List(EmulatorRequest request)
    {
        if (RawQuery.ReadAll(request.Query, ["q", "start", "count"], out Dictionary<string, string> query) is { } badQuery)
            return LinkedInError.BadRequest(badQuery);
        string finder = query.GetValueOrDefault("q", "");
        if (finder.Length == 0)
            return LinkedInError.BadRequest("Parameter 'q' is required");
        if (finder != Finder)
            return LinkedInError.BadRequest($"Parameter 'q' is invalid: there is no finder '{finder}'");
        if (!RawQuery.ReadNumber(query, "start", 0, 0, out int start))
            return LinkedInError.BadRequest("Parameter 'start' is invalid");
        if (!RawQuery.ReadNumber(query, "count", DefaultCount, 1, out int count))
            return LinkedInError.BadRequest("Parameter 'count' is invalid");

        var page = ContractPage.Create(options.Contracts, options.ContractPaging, start, Math.Min(count, options.MaxPageSize));
        return EmulatorResponse.Json(200, ContractPageJson.Write(page, ApiVersion.GetPrefix(request.Path), options));
    }
}
