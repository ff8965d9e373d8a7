using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Contracts;
using LinkedInExports.Emulator.Downloads;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>
/// New, Wait, Save and Import with a checkpoint, first with changed responses, then twice with unchanged ones.
/// </summary>
internal static class ExportPipelines
{
    internal const string Contract = "urn:li:contract:7001";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);
    internal static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>CRM validation exports.</summary>
    internal static RobustnessFixture Validation(Scenario scenario) =>
        Run(
            scenario,
            [ExportType.CrmValidation],
            (exports, _, start, messages) =>
                exports.ContinueCrmValidationAsync(
                    EmulatorFixture.CrmInstance,
                    start,
                    Day,
                    false,
                    messages,
                    CancellationToken.None
                )
        );

    /// <summary>The three types of analytics exports.</summary>
    internal static RobustnessFixture Analytics(Scenario scenario) =>
        Run(
            scenario,
            [ExportType.Activity, ExportType.Seat, ExportType.ActivityOutcome],
            (exports, exportType, start, messages) =>
                exports.ContinueSalesAnalyticsAsync(
                    exportType,
                    ContractUrn.Parse(Contract),
                    start,
                    null,
                    false,
                    messages,
                    CancellationToken.None
                )
        );

    /// <summary>The list of contracts.</summary>
    internal static RobustnessFixture Contracts(Scenario scenario)
    {
        var run = new RobustnessFixture(
            scenario,
            time => new EmulatorOptions
            {
                AccessToken = PlantedSecrets.AccessToken,
                TimeProvider = time,
                MaxPageSize = 2,
                ContractPaging = (ContractPaging)(scenario.Variant % 4),
                UnknownFields = scenario.Variant > 3,
            }
        );
        LinkedInClient client = run.Connect();
        run.Run(() =>
            run.StepAsync(
                "Get-SalesContract",
                TimeSpan.FromMinutes(30),
                () => client.SalesContracts.ListAsync(false, run.Recorder, CancellationToken.None).RecordAsync(run.Recorder)
            )
        );
        return run;
    }

    private static RobustnessFixture Run(
        Scenario scenario,
        ExportType[] exportTypes,
        Func<IncrementalExportService, ExportType, DateTimeOffset, RecordingOutput, IAsyncEnumerable<ExportJob>> create
    )
    {
        var run = new RobustnessFixture(scenario, time => Options(scenario.Variant, time));
        LinkedInClient client = run.Connect();
        run.Run(async () =>
        {
            DateTimeOffset start = run.Time.GetUtcNow().AddDays(-20);
            foreach (ExportType exportType in exportTypes)
                await DailyAsync(run, client, exportType, start, create);
            CheckpointChecks.CheckWatermarks(run, client, exportTypes);

            // After a day, jobs with an unknown outcome have expired. The second day completes what the first one started.
            run.Network.IsHonest = true;
            for (int day = 1; day <= 2; day++)
            {
                await run.Time.Delay((int)Day.TotalMilliseconds);
                int before = run.Recorder.All.Count;
                foreach (ExportType exportType in exportTypes)
                    await DailyAsync(run, client, exportType, start, create);
                CheckpointChecks.CheckWatermarks(run, client, exportTypes);
                (string Stream, object Content)[] news = [.. run.Recorder.All.Skip(before)];
                foreach (LinkedInException error in news.Select(message => message.Content).OfType<LinkedInException>())
                {
                    if (
                        error.Id
                        is LinkedInErrorId.CheckpointCorrupt
                            or LinkedInErrorId.CheckpointServerMismatch
                            or LinkedInErrorId.CheckpointInUse
                            or LinkedInErrorId.ExportStartRequired
                    )
                    {
                        run.AddViolation($"a later run cannot read what was written: {error.Message}");
                    }
                }

                if (!news.Any(message => message.Stream is "Error" or "Warning"))
                {
                    CheckpointChecks.CheckProgress(run, client, exportTypes);
                    return;
                }
            }
        });
        return run;
    }

    private static EmulatorOptions Options(int variant, TimeProvider time) =>
        new()
        {
            AccessToken = PlantedSecrets.AccessToken,
            TimeProvider = time,
            ProcessingTime = TimeSpan.FromSeconds(variant % 2 == 0 ? 0 : 90),
            Parts = 1 + (variant % 3),
            RowsPerPart = 4,
            RowsPeriod = EmulatorFixture.AllRows,
            ActivityInterval = TimeSpan.FromHours(36),
            HeaderInEachPart = variant < 5,
            Chunked = variant is 2 or 6,
            OptionalFields = (OptionalFields)(variant % 3),
            UnknownFields = variant is 4 or 7,
            RangeSupport = variant is 3 or 7 ? RangeSupport.None : RangeSupport.Honest,
        };

    private static async Task DailyAsync(
        RobustnessFixture run,
        LinkedInClient client,
        ExportType exportType,
        DateTimeOffset start,
        Func<IncrementalExportService, ExportType, DateTimeOffset, RecordingOutput, IAsyncEnumerable<ExportJob>> create
    )
    {
        CheckpointLease? checkpoint = null;
        await run.StepAsync(
            "taking the checkpoint",
            TimeSpan.Zero,
            () =>
            {
                checkpoint = CheckpointChecks.Open(run, client, run);
                return Task.CompletedTask;
            }
        );
        if (checkpoint is null)
            return;

        using (checkpoint)
        {
            var made = new RecordingOutput { OnMessage = run.Repeat };
            await run.StepAsync(
                $"New-… {exportType}",
                TimeSpan.FromMinutes(30),
                () => create(client.CreateIncrementalExports(checkpoint), exportType, start, made).RecordAsync(made)
            );

            var waited = new RecordingOutput { OnMessage = run.Repeat };
            await run.StepAsync(
                "Wait-ExportJob",
                Timeout + TimeSpan.FromMinutes(1),
                async () =>
                {
                    ExportWaiter waiter = client.CreateWaiter(new WaitOptions { Timeout = Timeout, SplitOversized = true });
                    var input = new InputBuffer<ExportJob>();
                    foreach (ExportJob job in made.Outputs.OfType<ExportJob>())
                        input.Add(job);
                    input.CompleteAdding();
                    await waiter.WaitAsync(input.ReadAllAsync(), waited, CancellationToken.None).RecordAsync(waited);
                }
            );

            var saved = new RecordingOutput { OnMessage = run.Repeat };
            await run.StepAsync(
                "Save-ExportFile",
                TimeSpan.FromHours(2),
                async () =>
                {
                    ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = run.Folder.File("out") }, checkpoint);
                    var input = new InputBuffer<ExportJob>();
                    foreach (ExportJob job in waited.Outputs.OfType<ExportJob>())
                        input.Add(job);
                    input.CompleteAdding();
                    await saver.SaveAsync(input.ReadAllAsync(), saved, CancellationToken.None).RecordAsync(saved);
                }
            );

            foreach (SavedExportFile file in saved.Outputs.OfType<SavedExportFile>())
            {
                var imported = new RecordingOutput { OnMessage = (stream, content) => run.RepeatWithoutOutput(stream, content) };
                await run.StepAsync(
                    $"Import-ExportFile {Path.GetFileName(file.Path)}",
                    TimeSpan.Zero,
                    () =>
                    {
                        foreach (
                            object record in ExportFileReader.Read(
                                file.Path,
                                new ImportOptions { MalformedRow = MalformedRowAction.Skip },
                                imported,
                                CancellationToken.None
                            )
                        )
                        {
                            _ = record.ToString();
                        }

                        return Task.CompletedTask;
                    }
                );
            }
        }
    }
}
