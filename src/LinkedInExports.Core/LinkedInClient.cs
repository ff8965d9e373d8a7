using LinkedInExports.Core.Exports;
using LinkedInExports.Core.Exports.Crm;
using LinkedInExports.Core.Exports.Sales;
using LinkedInExports.Core.Exports.Saving;
using LinkedInExports.Core.Exports.Waiting;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core;

/// <summary>A connection to LinkedIn: safe to share between threads, runspaces and commands.</summary>
public sealed class LinkedInClient : IDisposable
{
    private readonly LinkedInClientOptions _options;
    private readonly RequestPipeline _pipeline;

    /// <summary>A client that has not sent anything yet.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    public LinkedInClient(LinkedInClientOptions options)
    {
        _options = options;
        BaseUri = AddressPolicy.CheckedApi(options.BaseUri);
        _pipeline = new RequestPipeline(
            Transport.CreateClient(options.Network),
            options.AccessToken,
            new AddressPolicy(BaseUri, options.DownloadHosts),
            options.Retry,
            options.Time);
        CrmValidation = new CrmValidationExports(_pipeline, BaseUri);
        SalesContracts = new SalesContracts(_pipeline, BaseUri);
        SalesAnalytics = new SalesAnalyticsExports(_pipeline, BaseUri);
        Jobs = new ExportJobs(CrmValidation, SalesAnalytics);
    }

    /// <summary>The API's address, with a slash at its end.</summary>
    public Uri BaseUri { get; }

    /// <summary>CRM data validation exports.</summary>
    public CrmValidationExports CrmValidation { get; }

    /// <summary>Sales Navigator contracts.</summary>
    public SalesContracts SalesContracts { get; }

    /// <summary>Sales Navigator analytics exports.</summary>
    public SalesAnalyticsExports SalesAnalytics { get; }

    /// <summary>Export jobs of any kind.</summary>
    public ExportJobs Jobs { get; }

    /// <summary>Something that waits for jobs.</summary>
    public ExportWaiter CreateWaiter(WaitOptions options) => new(Jobs, options, _options.Time, _options.Chance);

    /// <summary>Something that saves the files of jobs.</summary>
    public ExportSaver CreateSaver(SaveOptions options) =>
        new(_pipeline, Jobs, options, _options.Time, _options.Retry.IdleTimeout);

    /// <summary>Ends the connection; requests under way fail.</summary>
    public void Dispose() => _pipeline.Dispose();
}
