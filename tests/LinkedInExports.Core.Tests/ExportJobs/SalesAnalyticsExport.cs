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

    internal static async Task<ExportJob[]> CreateAsync(EmulatorFixture fixture, ExportType exportType, Period period)
    {
        var jobs = new List<ExportJob>();
        foreach (Period slice in period.GetSlices())
        {
            jobs.Add(
                await fixture.Client.SalesAnalytics.CreateAsync(
                    exportType,
                    ContractUrn.Parse(Contract),
                    slice,
                    fixture.Recorder,
                    CancellationToken.None
                )
            );
        }

        return [.. jobs];
    }

    internal static async Task<ExportJob[]> WaitAsync(EmulatorFixture fixture, ExportJob[] jobs, bool split = false)
    {
        ExportWaiter waiter = fixture.Client.CreateWaiter(
            new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(5), SplitOversized = split }
        );
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in jobs)
            input.Add(job);
        input.CompleteAdding();
        int before = fixture.Recorder.Outputs.Length;
        await waiter.WaitAsync(input.ReadAllAsync(), fixture.Recorder, CancellationToken.None).RecordAsync(fixture.Recorder);
        return [.. fixture.Recorder.Outputs.Skip(before).Cast<ExportJob>()];
    }

    internal static async Task<T[]> ReadAsync<T>(EmulatorFixture fixture, ExportJob[] jobs, ImportOptions? options = null)
    {
        var records = new List<T>();
        foreach (ExportJob job in jobs)
        {
            foreach (SavedExportFile file in await fixture.SaveAsync(job))
            {
                records.AddRange(
                    ExportFileReader
                        .Read(file.Path, options ?? new ImportOptions(), fixture.Recorder, CancellationToken.None)
                        .Cast<T>()
                );
            }
        }

        return [.. records];
    }
}
