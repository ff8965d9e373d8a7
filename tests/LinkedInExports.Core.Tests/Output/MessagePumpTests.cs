using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Output;

/// <summary>Not parallel to other tests, whose work in the thread pool would change the timings.</summary>
[Collection(nameof(Alone))]
public sealed class MessagePumpTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public void Complete_AnyMessages_DeliversInOrderOnCallingThread()
    {
        var recorder = new RecordingOutput();
        int caller = Environment.CurrentManagedThreadId;
        recorder.OnMessage = (_, _) => Assert.Equal(caller, Environment.CurrentManagedThreadId);

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
        pump.Complete(recorder);

        Assert.Equal(["Verbose", "Warning", "Output", "Error", "Debug"], recorder.All.Select(message => message.Stream));
    }

    [Fact]
    public void Complete_MoreOutputThanCapacity_DoesNotDeadlock()
    {
        var recorder = new RecordingOutput();
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
        pump.Complete(recorder);

        Assert.Equal(Enumerable.Range(0, 10_000), recorder.Outputs.Cast<int>());
    }

    [Fact]
    public void Complete_OperationIsSlow_RunsTheActionWhileWaiting()
    {
        var recorder = new RecordingOutput();
        using var wasRun = new ManualResetEventSlim();
        using var pump = MessagePump.Start(
            (output, token) =>
            {
                output.Output(1);
                Assert.True(wasRun.Wait(Soon, token));
                output.Output(2);
                return Task.CompletedTask;
            },
            includeDetails: false,
            CancellationToken.None
        );
        pump.Complete(recorder, wasRun.Set);
        Assert.Equal([1, 2], recorder.Outputs);
    }

    [Fact]
    public void Complete_ProgressWithClock_IsShownAgain()
    {
        var recorder = new RecordingOutput();
        int shown = 0;
        using var wasRefreshed = new ManualResetEventSlim();
        using var pump = MessagePump.Start(
            (output, token) =>
            {
                output.Progress(CreateProgress());
                Assert.True(wasRefreshed.Wait(Soon, token));
                return Task.CompletedTask;
            },
            includeDetails: false,
            CancellationToken.None
        );
        pump.Complete(recorder);
        Assert.Equal(["1", "2", "3"], recorder.ProgressUpdates.Select(update => update.Status).Take(3));

        ProgressUpdate CreateProgress()
        {
            if (shown == 3)
                wasRefreshed.Set();
            return new ProgressUpdate("Working", $"{shown++}") { Refresh = CreateProgress };
        }
    }

    [Fact]
    public void Complete_ManyDiagnostics_DoNotBlockAndDisabledOnesAreDropped()
    {
        var recorder = new RecordingOutput();
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
        pump.Complete(recorder);
        Assert.Equal(5_000, recorder.Warnings.Length);
        Assert.Equal(5_000, recorder.All.Count);
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
        Thread.Sleep(50); // Long enough for a pump without a limit to continue.
        Assert.InRange(Volatile.Read(ref said), 1024, 1025);
    }

    [Fact]
    public void Error_SlowConsumer_BlocksWorkers()
    {
        const int count = 100_000;
        int reported = 0;
        int reportedBeforeFirst = 0;
        Thread? worker = null;
        var failure = new LinkedInException(LinkedInErrorId.MalformedRow, "row 1 is not valid CSV");
        var recorder = new RecordingOutput
        {
            OnMessage = (_, _) =>
            {
                if (reportedBeforeFirst > 0)
                    return;
                SpinWait.SpinUntil(IsBlockedOrDone, Soon);
                reportedBeforeFirst = Volatile.Read(ref reported);
            },
        };
        using var pump = MessagePump.Start(
            (output, _) =>
            {
                worker = Thread.CurrentThread;
                for (int i = 0; i < count; i++)
                {
                    output.Error(failure);
                    Interlocked.Increment(ref reported);
                }

                return Task.CompletedTask;
            },
            includeDetails: true,
            CancellationToken.None
        );
        pump.Complete(recorder);

        Assert.Equal(1025, reportedBeforeFirst);
        Assert.Equal(count, recorder.Errors.Length);

        bool IsBlockedOrDone()
        {
            int current = Volatile.Read(ref reported);
            return current == count || (current >= 1025 && worker!.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        }
    }

    [Fact]
    public void Complete_WorkFails_DeliversThenThrows()
    {
        var recorder = new RecordingOutput();
        using var pump = MessagePump.Start(
            (output, _) =>
            {
                output.Output("before");
                throw new LinkedInException(LinkedInErrorId.NotFound, "gone");
            },
            includeDetails: true,
            CancellationToken.None
        );

        LinkedInException thrown = Assert.Throws<LinkedInException>(() => pump.Complete(recorder));
        Assert.Equal("gone", thrown.Message);
        Assert.Equal(["before"], recorder.Outputs);
    }

    [Fact]
    public void Drain_WorkRunning_ReturnsAvailableMessages()
    {
        var recorder = new RecordingOutput();
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
        pump.Drain(recorder);
        Assert.Equal(["early"], recorder.Outputs);

        go.SetResult();
        pump.Complete(recorder);
        Assert.Equal(["early", "late"], recorder.Outputs);
    }
}
