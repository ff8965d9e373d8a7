using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Output;

/// <summary>Alone in the process: what others do to the thread pool would be in its timings.</summary>
[Collection(nameof(MessagePumpTests))]
[CollectionDefinition(nameof(MessagePumpTests), DisableParallelization = true)]
public sealed class MessagePumpTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public void Complete_AnyMessages_DeliversInOrderOnCallingThread()
    {
        var heard = new RecordingOutput();
        int caller = Environment.CurrentManagedThreadId;
        heard.OnMessage = (_, _) => Assert.Equal(caller, Environment.CurrentManagedThreadId);

        using var pump = MessagePump.Start(
            async (output, _) =>
            {
                output.Verbose("1");
                await Task.Yield();
                output.Warning("2");
                output.Output(3);
                output.Error(new LinkedInException(LinkedInErrorId.NotFound, "4"));
                output.Debug("5");
            },
            includeDetails: true,
            CancellationToken.None
        );
        pump.Complete(heard);

        Assert.Equal(["Verbose", "Warning", "Output", "Error", "Debug"], heard.All.Select(message => message.Stream));
    }

    [Fact]
    public void Complete_MoreOutputThanCapacity_DoesNotDeadlock()
    {
        var heard = new RecordingOutput();
        using var pump = MessagePump.Start(
            (output, _) =>
            {
                for (int i = 0; i < 10_000; i++)
                    output.Output(i);
                return Task.CompletedTask;
            },
            includeDetails: true,
            CancellationToken.None
        );
        pump.Complete(heard);

        Assert.Equal(Enumerable.Range(0, 10_000), heard.Outputs.Cast<int>());
    }

    [Fact]
    public void Complete_ManyDiagnostics_DoNotBlockAndDisabledOnesAreDropped()
    {
        var heard = new RecordingOutput();
        using var done = new ManualResetEventSlim();
        using var pump = MessagePump.Start(
            (output, _) =>
            {
                for (int i = 0; i < 5_000; i++)
                {
                    output.Verbose("detail");
                    output.Debug("detail");
                    output.Warning("word");
                }

                done.Set();
                return Task.CompletedTask;
            },
            includeDetails: false,
            CancellationToken.None
        );
        Assert.True(done.Wait(Soon));
        pump.Complete(heard);
        Assert.Equal(5_000, heard.Warnings.Length);
        Assert.Equal(5_000, heard.All.Count);
    }

    [Fact]
    public void Output_SlowConsumer_BlocksWorkers()
    {
        int said = 0;
        using var pump = MessagePump.Start(
            (output, _) =>
            {
                for (int i = 0; i < 5_000; i++)
                {
                    output.Output(i);
                    Interlocked.Increment(ref said);
                }

                return Task.CompletedTask;
            },
            includeDetails: true,
            CancellationToken.None
        );

        SpinWait.SpinUntil(() => Volatile.Read(ref said) >= 1024, Soon);
        Thread.Sleep(50); // Long enough for a pump without a bound to run away.
        Assert.InRange(Volatile.Read(ref said), 1024, 1025);
    }

    [Fact]
    public void Complete_WorkFails_DeliversThenThrows()
    {
        var heard = new RecordingOutput();
        using var pump = MessagePump.Start(
            (output, _) =>
            {
                output.Output("before");
                throw new LinkedInException(LinkedInErrorId.NotFound, "gone");
            },
            includeDetails: true,
            CancellationToken.None
        );

        LinkedInException thrown = Assert.Throws<LinkedInException>(() => pump.Complete(heard));
        Assert.Equal("gone", thrown.Message);
        Assert.Equal(["before"], heard.Outputs);
    }

    [Fact]
    public void Drain_WorkRunning_ReturnsAvailableMessages()
    {
        var heard = new RecordingOutput();
        using var said = new ManualResetEventSlim();
        var go = new TaskCompletionSource();
        using var pump = MessagePump.Start(
            async (output, _) =>
            {
                output.Output("early");
                said.Set();
                await go.Task;
                output.Output("late");
            },
            includeDetails: true,
            CancellationToken.None
        );

        Assert.True(said.Wait(Soon));
        pump.Drain(heard);
        Assert.Equal(["early"], heard.Outputs);

        go.SetResult();
        pump.Complete(heard);
        Assert.Equal(["early", "late"], heard.Outputs);
    }

    [Fact]
    public void Complete_ConsumerThrows_CancelsWorkAndRethrows()
    {
        var ended = new TaskCompletionSource();
        var heard = new RecordingOutput { OnMessage = (_, _) => throw new InvalidOperationException("downstream stopped") };
        using var pump = MessagePump.Start(
            async (output, cancellationToken) =>
            {
                try
                {
                    output.Output(1);
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    ended.SetResult();
                }
            },
            includeDetails: true,
            CancellationToken.None
        );

        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => pump.Complete(heard));
        Assert.Equal("downstream stopped", thrown.Message);
        Assert.True(ended.Task.IsCompleted, "the work was waited for");
    }

    [Fact]
    public void Complete_Canceled_EndsWorkAndDeliversNothingMore()
    {
        using var stop = new CancellationTokenSource();
        var heard = new RecordingOutput();
        var cleaned = new TaskCompletionSource();
        using var pump = MessagePump.Start(
            async (output, cancellationToken) =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    cleaned.SetResult();
                    output.Output("too late");
                }
            },
            includeDetails: true,
            stop.Token
        );

        var stopping = Task.Run(async () =>
        {
            await Task.Delay(50);
            await stop.CancelAsync();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => pump.Complete(heard));
        Assert.True(cleaned.Task.IsCompleted);
        Assert.Empty(heard.All);
        Assert.True(SpinWait.SpinUntil(() => stopping.IsCompleted, Soon));
    }

    [Fact]
    public void Complete_CanceledWorkIgnoresToken_ReturnsSoon()
    {
        using var stop = new CancellationTokenSource();
        using var release = new ManualResetEventSlim();
        var pump = MessagePump.Start(
            (_, _) =>
            {
                release.Wait(CancellationToken.None);
                return Task.CompletedTask;
            },
            includeDetails: true,
            stop.Token
        );

        long started = TimeProvider.System.GetTimestamp();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => pump.Complete(new RecordingOutput()));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        release.Set();
        pump.Dispose();
    }

    [Fact]
    public void Complete_OtherCancellation_Rethrows()
    {
        using var pump = MessagePump.Start(
            (_, _) => throw new OperationCanceledException("somebody else's"),
            includeDetails: true,
            CancellationToken.None
        );
        OperationCanceledException thrown = Assert.ThrowsAny<OperationCanceledException>(() =>
            pump.Complete(new RecordingOutput())
        );
        Assert.Equal("somebody else's", thrown.Message);
    }

    [Fact]
    public void Dispose_WorkRunning_CancelsIt()
    {
        var ended = new TaskCompletionSource();
        MessagePump
            .Start(
                async (_, cancellationToken) =>
                {
                    try
                    {
                        await Task.Delay(Timeout.Infinite, cancellationToken);
                    }
                    finally
                    {
                        ended.SetResult();
                    }
                },
                includeDetails: true,
                CancellationToken.None
            )
            .Dispose();

        Assert.True(SpinWait.SpinUntil(() => ended.Task.IsCompleted, Soon));
    }

    [Fact]
    public void Output_AfterDispose_IsIgnored()
    {
        ICommandOutput? kept = null;
        using (
            var pump = MessagePump.Start(
                (output, _) =>
                {
                    kept = output;
                    return Task.CompletedTask;
                },
                includeDetails: true,
                CancellationToken.None
            )
        )
        {
            pump.Complete(new RecordingOutput());
            kept!.Output("after the end");
        }

        kept.Output("after the pump is gone");
    }

    [Fact]
    public void Complete_Success_DoesNotCancelToken()
    {
        CancellationToken seen = default;
        using var pump = MessagePump.Start(
            (_, cancellationToken) =>
            {
                seen = cancellationToken;
                return Task.CompletedTask;
            },
            includeDetails: true,
            CancellationToken.None
        );
        pump.Complete(new RecordingOutput());
        Assert.False(seen.IsCancellationRequested);
    }

    [Fact]
    public void Progress_LongWork_IsThrottledAndCompleted()
    {
        var time = new FakeTimeProvider();
        var heard = new RecordingOutput();
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
            pump.Drain(heard);
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        pump.Complete(heard);

        // Said every 100 ms from 0 to 2 s: nothing before 1 s, then every third, and the last as the end.
        Assert.Equal(["10", "13", "16", "19", "20"], heard.ProgressUpdates.Select(update => update.Status));
        Assert.Equal([false, false, false, false, true], heard.ProgressUpdates.Select(update => update.Completed));
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
        var heard = new RecordingOutput();
        using var pump = MessagePump.Start(
            (output, _) =>
            {
                output.Progress(new ProgressUpdate("work", "half", 50));
                return Task.CompletedTask;
            },
            new FakeTimeProvider(),
            CancellationToken.None
        );
        pump.Complete(heard);
        Assert.Empty(heard.ProgressUpdates);
    }
}
