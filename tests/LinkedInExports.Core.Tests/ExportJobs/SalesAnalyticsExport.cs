using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>Creates, waits for and reads exports of one contract.</summary>
internal static class SalesAnalyticsExport
{
    internal const string Contract = "urn:li:contract:7001";

    internal static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static async Task<ExportJob[]> CreateAsync(EmulatorFixture session, ExportType exportType, Period period)
    {
        var jobs = new List<ExportJob>();
        foreach (Period slice in period.GetSlices())
        {
            jobs.Add(
                await session.Client.SalesAnalytics.CreateAsync(
                    exportType,
                    ContractUrn.Parse(Contract),
                    slice,
                    session.Recorder,
                    CancellationToken.None
                )
            );
        }

        return [.. jobs];
    }

    internal static async Task<ExportJob[]> WaitAsync(EmulatorFixture session, ExportJob[] jobs, bool split = false)
    {
        ExportWaiter waiter = session.Client.CreateWaiter(
            new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(5), SplitOversized = split }
        );
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in jobs)
            input.Add(job);
        input.CompleteAdding();
        int before = session.Recorder.Outputs.Length;
        await waiter.WaitAsync(input.ReadAllAsync(), session.Recorder, CancellationToken.None).RecordAsync(session.Recorder);
        return [.. session.Recorder.Outputs.Skip(before).Cast<ExportJob>()];
    }

    internal static async Task<T[]> ReadAsync<T>(EmulatorFixture session, ExportJob[] jobs, ImportOptions? options = null)
    {
        var records = new List<T>();
        foreach (ExportJob job in jobs)
        {
            foreach (SavedExportFile file in await session.SaveAsync(job))
            {
                records.AddRange(
                    ExportFileReader
                        .Read(file.Path, options ?? new ImportOptions(), session.Recorder, CancellationToken.None)
                        .Cast<T>()
                );
            }
        }

        return [.. records];
    }
}
