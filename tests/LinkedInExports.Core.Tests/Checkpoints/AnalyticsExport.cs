using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>Exports of activities from day to day.</summary>
internal static class AnalyticsExport
{
    internal const string Contract = "urn:li:contract:7001";

    internal static readonly DateTimeOffset Start = new(2025, 10, 1, 0, 0, 0, TimeSpan.Zero);

    internal static EmulatorOptions CreateOptions(FakeTimeProvider clock, TimeSpan? oversizedBeyond = null) =>
        new()
        {
            TimeProvider = clock,
            ProcessingTime = TimeSpan.Zero,
            ActivityInterval = TimeSpan.FromHours(6),
            OversizedBeyond = oversizedBeyond,
        };

    /// <summary>Creates a run whose client uses the server's clock.</summary>
    internal static (DailyExportFixture CreateRun, LinkedInClient Client) CreateRun(
        EmulatorFixture fixture,
        FakeTimeProvider clock
    )
    {
        LinkedInClient client = EmulatorFixture.Connect(fixture.Emulator, time: new DayClock(clock));
        return (new DailyExportFixture(client, fixture.Folder.Path), client);
    }

    internal static string[] ReadActivities(DailyExportFixture run) =>
        [
            .. Directory
                .GetFiles(run.Destination, "activity-*.csv")
                .SelectMany(file => ExportFileReader.Read(file, new ImportOptions(), new RecordingOutput(), default))
                .Cast<SalesActivityRecord>()
                .Select(record => record.ActivityId!)
                .Order(StringComparer.Ordinal),
        ];

    internal static string[] GetActivities(EmulatorFixture fixture, DateTimeOffset through) =>
        [.. fixture.Emulator.GetActivities(7001, Start, through).Select(row => row.ActivityId).Order(StringComparer.Ordinal)];

    /// <summary>The time of a fake clock, with real timers.</summary>
    internal sealed class DayClock(FakeTimeProvider day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => day.GetUtcNow();
    }
}
