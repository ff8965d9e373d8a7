using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>A clock change during a wait neither shortens nor extends it.</summary>
[Collection(nameof(Alone))]
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public async Task WaitAsync_ClockJumps_TakesElapsedTime(int days)
    {
        var time = new JumpyTime();
        int polls = 0;
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                Time = time,
                HttpHandler = new FakeHttpHandler(_ =>
                {
                    if (++polls == 3)
                        time.Jump(TimeSpan.FromDays(days));
                    return FakeHttpHandler.Json($$"""{"jobId":148,"status":"{{(polls < 20 ? "PROCESSING" : "COMPLETED")}}"}""");
                }),
            }
        );
        ExportWaiter waiter = client.CreateWaiter(
            new WaitOptions { Timeout = TimeSpan.FromHours(1), PollInterval = TimeSpan.FromMinutes(1) }
        );
        var input = new InputBuffer<ExportJob>();
        input.Add(new CrmValidationExportJob { JobId = 148, CrmInstanceId = EmulatorFixture.Crm });
        input.CompleteAdding();
        var recorder = new RecordingOutput();
        await time.Inner.RunAsync(() =>
            waiter.WaitAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder)
        );
        Assert.Empty(recorder.Errors);
        Assert.Single(recorder.Outputs);
        Assert.InRange(
            time.GetElapsedTime(0, time.GetTimestamp()) - time.Began,
            TimeSpan.FromMinutes(18),
            TimeSpan.FromMinutes(21)
        );
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public async Task ThrottleGate_ClockJumps_WaitsElapsedTime(int days)
    {
        var time = new JumpyTime();
        var holdback = new ThrottleGate(time);
        holdback.Throttle(TimeSpan.FromMinutes(5));
        time.Jump(TimeSpan.FromDays(days));
        await time.Inner.RunAsync(() => holdback.WaitAsync(CancellationToken.None));
        Assert.Equal(TimeSpan.FromMinutes(5), time.GetElapsedTime(0, time.GetTimestamp()) - time.Began);
    }

    /// <summary>Time that passes steadily, and a clock that can be set.</summary>
    private sealed class JumpyTime : TimeProvider
    {
        private TimeSpan _offset;

        internal JumpyTime() => Began = GetElapsedTime(0, GetTimestamp());

        internal SimulatedTimeProvider Inner { get; } = new();

        internal TimeSpan Began { get; }

        public override long TimestampFrequency => Inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Inner.GetUtcNow() + _offset;

        public override long GetTimestamp() => Inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Inner.CreateTimer(callback, state, dueTime, period);

        internal void Jump(TimeSpan by) => _offset += by;
    }
}
