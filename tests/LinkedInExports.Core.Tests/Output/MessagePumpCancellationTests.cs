using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Output;

/// <summary>Work that is canceled, and consumers that fail.</summary>
[Collection(nameof(Alone))]
public sealed class MessagePumpCancellationTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public void Complete_ConsumerThrows_CancelsWorkAndRethrows()
    {
        var ended = new TaskCompletionSource();
        var recorder = new RecordingOutput { OnMessage = (_, _) => throw new InvalidOperationException("downstream stopped") };
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

        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => pump.Complete(recorder));
        Assert.Equal("downstream stopped", thrown.Message);
        Assert.True(ended.Task.IsCompleted, "the work was waited for");
    }

    [Fact]
    public void Complete_Canceled_EndsWorkAndDeliversNothingMore()
    {
        using var stop = new CancellationTokenSource();
        var recorder = new RecordingOutput();
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
        Assert.ThrowsAny<OperationCanceledException>(() => pump.Complete(recorder));
        Assert.True(cleaned.Task.IsCompleted);
        Assert.Empty(recorder.All);
        Assert.True(SpinWait.SpinUntil(() => stopping.IsCompleted, Soon));
    }

    [Fact]
    public void Complete_ConsumerThrowsWhileErrorsBlock_EndsWork()
    {
        int reported = 0;
        var ended = new TaskCompletionSource();
        var recorder = new RecordingOutput
        {
            OnMessage = (_, _) =>
            {
                Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref reported) >= 1025, Soon));
                throw new InvalidOperationException("downstream stopped");
            },
        };
        using MessagePump pump = StartErrors(() => Interlocked.Increment(ref reported), ended, CancellationToken.None);

        Assert.Throws<InvalidOperationException>(() => pump.Complete(recorder));
        Assert.True(ended.Task.IsCompleted);
        Assert.Equal(1025, reported);
    }

    [Fact]
    public void Drain_CanceledWhileErrorsBlock_EndsWork()
    {
        int reported = 0;
        var ended = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var recorder = new RecordingOutput();
        using MessagePump pump = StartErrors(() => Interlocked.Increment(ref reported), ended, stop.Token);

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref reported) >= 1024, Soon));
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => pump.Drain(recorder));
        Assert.True(ended.Task.IsCompleted);
        Assert.Equal(1024, reported);
        Assert.Empty(recorder.All);
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
            (_, _) => throw new OperationCanceledException("of another token"),
            includeDetails: true,
            CancellationToken.None
        );
        OperationCanceledException thrown = Assert.ThrowsAny<OperationCanceledException>(() =>
            pump.Complete(new RecordingOutput())
        );
        Assert.Equal("of another token", thrown.Message);
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

        kept.Output("after the pump is disposed of");
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

    /// <summary>Starts an operation that reports more errors than the pump accepts.</summary>
    private static MessagePump StartErrors(Action onReported, TaskCompletionSource ended, CancellationToken cancellationToken) =>
        MessagePump.Start(
            (output, _) =>
            {
                try
                {
                    for (int i = 0; i < 10_000; i++)
                    {
                        output.Error(new LinkedInException(LinkedInErrorId.NotFound, "not found"));
                        onReported();
                    }
                }
                finally
                {
                    ended.SetResult();
                }

                return Task.CompletedTask;
            },
            includeDetails: true,
            cancellationToken
        );
}
