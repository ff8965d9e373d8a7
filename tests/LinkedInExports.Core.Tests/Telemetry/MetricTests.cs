using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Tests.Resumes;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Telemetry;

/// <summary>The instruments of the module. Other tests run at the same time, so the values are minimums.</summary>
public sealed class MetricTests
{
    [Fact]
    public async Task Instruments_AfterExportAndSync_HaveValues()
    {
        var values = new ConcurrentQueue<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "LinkedInExports")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        await using EmulatorFixture export = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                RowsPeriod = EmulatorFixture.AllRows,
                RowsPerPart = 7,
            }
        );
        await using ResumeSyncFixture sync = await ResumeSyncFixture.StartAsync();

        SavedExportFile[] files = await export.SaveAsync(await export.CreateAndWaitAsync());
        await sync.SyncAsync(sync.Inputs(2));
        using (ThrottledWait.Begin(ThrottleReason.Retry))
            await Task.Yield();
        listener.RecordObservableInstruments();

        Assert.True(Sum("linkedin.received") >= files.Sum(file => file.Length));
        Assert.True(Sum("linkedin.sent") >= 2 * "resume 1".Length);
        Assert.True(Sum("linkedin.rows") >= 21);
        Assert.True(Sum("linkedin.throttled") > 0);
        Assert.Contains(values, value => value is { Name: "linkedin.requests.remaining", Value: 99_995 });
        Assert.All(values, value => Assert.Matches(@"^(linkedin\.[a-z._]+=[A-Za-z0-9_]+)?$", value.Tags));

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            values.Enqueue((instrument.Name, value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));

        double Sum(string name) => values.Where(value => value.Name == name).Sum(value => value.Value);
    }

    [Fact]
    public void WaitingTime_OfOverlappingWaits_IsCountedOnce()
    {
        var totals = new CommandTotals();
        totals.BeginWait();
        totals.BeginWait();
        totals.EndWait();
        Thread.Sleep(2);
        totals.EndWait();
        TimeSpan waited = totals.WaitingTime;

        Assert.True(waited > TimeSpan.Zero);
        Assert.Equal(waited, totals.WaitingTime);
    }
}
