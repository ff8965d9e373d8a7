using System.Globalization;
using LinkedInExports.Core.Tests.Resumes;
using LinkedInExports.Core.Time;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Time;

public sealed class EmulatorClockTests
{
    private static readonly Uri Emulator = new("http://127.0.0.1:5005/v2/");

    [Theory]
    [InlineData("https://api.linkedin.com/v2/")]
    [InlineData("https://127.0.0.1/v2/")]
    [InlineData("http://10.0.0.1/v2/")]
    public void Create_ForOtherServers_ReturnsSystemClock(string address)
    {
        TimeProvider time = EmulatorClock.Create(new Uri(address), TimeProvider.System);

        Assert.Same(TimeProvider.System, time);
        EmulatorClock.Synchronize(time, CreateResponse("1000;2026-01-01T00:00:00Z"));
        Assert.InRange(TimeProvider.System.GetUtcNow() - time.GetUtcNow(), TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1000")]
    [InlineData("0.5;2026-01-01T00:00:00Z")]
    [InlineData("-1000;2026-01-01T00:00:00Z")]
    [InlineData("1000;yesterday")]
    public void Synchronize_WithoutValidHeader_KeepsSystemTime(string? header)
    {
        var system = new FakeTimeProvider();
        TimeProvider time = EmulatorClock.Create(Emulator, system);

        EmulatorClock.Synchronize(time, CreateResponse(header));
        system.Advance(TimeSpan.FromHours(1));

        Assert.Equal(system.GetUtcNow(), time.GetUtcNow());
        Assert.Equal(system.GetTimestamp(), time.GetTimestamp());
    }

    [Fact]
    public void Synchronize_WithHeader_ScalesTimeAndTimers()
    {
        var system = new FakeTimeProvider();
        DateTimeOffset origin = system.GetUtcNow();
        TimeProvider time = EmulatorClock.Create(Emulator, system);
        long started = time.GetTimestamp();
        system.Advance(TimeSpan.FromSeconds(10));

        EmulatorClock.Synchronize(time, CreateResponse($"1000;{origin.ToString("O", CultureInfo.InvariantCulture)}"));
        EmulatorClock.Synchronize(time, CreateResponse("5;2020-01-01T00:00:00Z")); // Ignored: the first one counts.

        Assert.Equal(TimeSpan.FromSeconds(10), time.GetElapsedTime(started));
        Assert.Equal(origin + TimeSpan.FromSeconds(10_000), time.GetUtcNow());
        Task delay = time.DelayAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        system.Advance(TimeSpan.FromMilliseconds(59));
        Assert.False(delay.IsCompleted);
        system.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(delay.IsCompleted);
        Assert.Equal(TimeSpan.FromSeconds(70), time.GetElapsedTime(started));
        Assert.Same(system, EmulatorClock.GetSystem(time));
    }

    [Fact]
    public async Task Sync_WithScaledEmulator_WaitsForNextDays()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(
            new EmulatorOptions
            {
                TimeProvider = new ScaledTimeProvider(200_000), // A day takes half a second.
                RequestsPerDay = 8,
                UploadLinkLifetime = TimeSpan.FromDays(10),
                KeepUploads = true,
            }
        );
        using LinkedInClient client = fixture.Connect(requestsPerDay: 8);

        // Three requests for each file and a batch: this takes several days of the emulator.
        ResumeSyncResult[] results = await fixture.SyncAsync(
            fixture.Inputs(8),
            fixture.Options(batchSize: 1, throttle: 1, waits: true),
            client
        );

        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.True(fixture.Emulator.Quota.RequestsPerDay.Count(day => day.Value > 0) >= 3);
        Assert.Equal(0, fixture.Emulator.Quota.RefusedByQuota);
        Assert.True(client.Now > DateTimeOffset.UtcNow.AddDays(1));
    }

    private static HttpResponseMessage CreateResponse(string? header)
    {
        var response = new HttpResponseMessage();
        if (header is not null)
            response.Headers.TryAddWithoutValidation(EmulatorClock.Header, header);
        return response;
    }
}
