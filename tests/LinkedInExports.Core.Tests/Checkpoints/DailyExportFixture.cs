using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>The daily command line of a runbook: New | Wait | Save with one checkpoint.</summary>
internal sealed class DailyExportFixture(LinkedInClient client, string folder)
{
    internal string CheckpointPath => Path.Combine(folder, "crm.json");

    internal string Destination => Path.Combine(folder, "out");

    /// <summary>The timeout for each job, also while the server does not respond.</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    internal RecordingOutput Recorder { get; private set; } = new();

    internal ExportJob[] Jobs => [.. Recorder.Outputs.OfType<ExportJob>()];

    internal SavedExportFile[] Files => [.. Recorder.Outputs.OfType<SavedExportFile>()];

    internal CheckpointLease Open(object? run = null) => client.OpenCheckpoint(CheckpointPath, run ?? this);

    /// <summary>Reads the watermark and the slices from the disk.</summary>
    internal ExportSeries GetSeries(ExportType exportType, string owner)
    {
        using CheckpointLease checkpoint = Open(new object());
        return checkpoint.GetSeries(exportType, owner);
    }

    internal ExportSeries CrmSeries => GetSeries(ExportType.CrmValidation, EmulatorFixture.Crm);

    /// <summary>The overlap of each validation export with the previous one.</summary>
    internal TimeSpan Overlap { get; init; }

    internal Task CrmAsync(DateTimeOffset? startAt, bool force = false, CancellationToken cancellationToken = default) =>
        RunAsync(
            (exports, recorder) =>
                exports.ContinueCrmValidationAsync(
                    EmulatorFixture.CrmInstance,
                    startAt,
                    Overlap,
                    force,
                    recorder,
                    cancellationToken
                ),
            cancellationToken
        );

    internal Task AnalyticsAsync(
        ExportType exportType,
        string contract,
        DateTimeOffset? startAt,
        DateTimeOffset? endAt = null,
        bool force = false,
        CancellationToken cancellationToken = default
    ) =>
        RunAsync(
            (exports, recorder) =>
                exports.ContinueSalesAnalyticsAsync(
                    exportType,
                    ContractUrn.Parse(contract),
                    startAt,
                    endAt,
                    force,
                    recorder,
                    cancellationToken
                ),
            cancellationToken
        );

    /// <summary>Runs the first command only.</summary>
    internal async Task NewAsync(Func<IncrementalExportService, RecordingOutput, IAsyncEnumerable<ExportJob>> create)
    {
        Recorder = new RecordingOutput();
        using CheckpointLease checkpoint = Open();
        await NewAsync(checkpoint, create);
    }

    internal Task NewCrmAsync(DateTimeOffset? startAt, bool force = false) =>
        NewAsync(
            (exports, recorder) =>
                exports.ContinueCrmValidationAsync(
                    EmulatorFixture.CrmInstance,
                    startAt,
                    Overlap,
                    force,
                    recorder,
                    CancellationToken.None
                )
        );

    internal async Task SaveAsync(
        CheckpointLease checkpoint,
        IEnumerable<ExportJob> jobs,
        CancellationToken cancellationToken = default
    )
    {
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = Destination, ThrottleLimit = 1 }, checkpoint);
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in jobs)
            input.Add(job);
        input.CompleteAdding();
        await saver.SaveAsync(input.ReadAllAsync(), Recorder, cancellationToken).RecordAsync(Recorder);
    }

    private async Task RunAsync(
        Func<IncrementalExportService, RecordingOutput, IAsyncEnumerable<ExportJob>> create,
        CancellationToken cancellationToken
    )
    {
        Recorder = new RecordingOutput();
        using CheckpointLease checkpoint = Open();
        await NewAsync(checkpoint, create);
        ExportJob[] made = Jobs;

        var waited = new RecordingOutput
        {
            OnMessage = (stream, content) =>
            {
                if (stream == "Error")
                    Recorder.Error((LinkedInException)content);
            },
        };
        ExportWaiter waiter = client.CreateWaiter(
            new WaitOptions
            {
                PollInterval = TimeSpan.FromMilliseconds(1),
                SplitOversized = true,
                Timeout = Timeout,
            }
        );
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in made)
            input.Add(job);
        input.CompleteAdding();
        await waiter.WaitAsync(input.ReadAllAsync(), waited, cancellationToken).RecordAsync(waited);
        await SaveAsync(checkpoint, waited.Outputs.Cast<ExportJob>().OrderBy(job => job.JobId), cancellationToken);
    }

    /// <summary>Reports the failure of an item as an error, as the cmdlet does.</summary>
    private async Task NewAsync(
        CheckpointLease checkpoint,
        Func<IncrementalExportService, RecordingOutput, IAsyncEnumerable<ExportJob>> create
    )
    {
        try
        {
            await create(client.CreateIncrementalExports(checkpoint), Recorder).RecordAsync(Recorder);
        }
        catch (LinkedInException failure)
        {
            Recorder.Error(failure);
        }
    }
}
