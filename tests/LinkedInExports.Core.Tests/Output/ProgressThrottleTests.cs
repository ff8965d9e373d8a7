using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Output;

/// <summary>Progress is shown after some time, and not for each update.</summary>
[Collection(nameof(Alone))]
public sealed class ProgressThrottleTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public void Progress_LongWork_IsThrottledAndCompleted()
    {
        var time = new FakeTimeProvider();
        var recorder = new RecordingOutput();
        using var step = new SemaphoreSlim(0);
        using var stepped = new SemaphoreSlim(0);
        using var pump = MessagePump.Start(
            async (output, _) =>
            {
                for (int i = 0; i <= 20; i++)
                {
                    await step.WaitAsync(CancellationToken.None);
                    output.Progress(new ProgressUpdate("work", $"{i}", 5 * i));
                    stepped.Release();
                }
            },
            time,
            CancellationToken.None
        );

        for (int i = 0; i <= 20; i++)
        {
            step.Release();
            Assert.True(stepped.Wait(Soon));
            pump.Drain(recorder);
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        pump.Complete(recorder);

        // Updated every 100 ms from 0 to 2 s: nothing is shown before 1 s, then each third update, and the end.
        Assert.Equal(["10", "13", "16", "19", "20"], recorder.ProgressUpdates.Select(update => update.Status));
        Assert.Equal([false, false, false, false, true], recorder.ProgressUpdates.Select(update => update.Completed));
    }

    [Fact]
    public void ShouldReport_NestedProgress_CountsBothActivities()
    {
        var time = new FakeTimeProvider();
        var pace = new ProgressThrottle(time);
        var batch = new ProgressUpdate("batch", "1 of 2") { Step = new ProgressUpdate("item", "half", 50) };
        var shown = new List<int>();
        for (int i = 0; i <= 20; i++)
        {
            if (pace.ShouldReport(batch))
                shown.Add(i);
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal([10, 15, 20], shown);
    }

    [Fact]
    public void Progress_ShortWork_IsNotShown()
    {
        var recorder = new RecordingOutput();
        using var pump = MessagePump.Start(
            (output, _) =>
            {
                output.Progress(new ProgressUpdate("work", "half", 50));
                return Task.CompletedTask;
            },
            new FakeTimeProvider(),
            CancellationToken.None
        );
        pump.Complete(recorder);
        Assert.Empty(recorder.ProgressUpdates);
    }
}
