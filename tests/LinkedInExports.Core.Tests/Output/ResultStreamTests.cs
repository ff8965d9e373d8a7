using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Output;

public sealed class ResultStreamTests
{
    [Fact]
    public async Task Create_ConcurrentWorkers_ReturnsAllResults()
    {
        IAsyncEnumerable<int> stream = ResultStream.Create<int>(
            (results, _) =>
                Task.WhenAll(
                    Enumerable
                        .Range(0, 4)
                        .Select(worker =>
                            Task.Run(async () =>
                            {
                                for (int i = 0; i < 1000; i++)
                                    await results.WriteAsync((1000 * worker) + i);
                            })
                        )
                ),
            CancellationToken.None
        );

        Assert.Equal(Enumerable.Range(0, 4000), (await stream.ReadAllAsync()).Order());
    }

    [Fact]
    public async Task Create_WithoutReader_DoesNotStart()
    {
        bool isStarted = false;
        IAsyncEnumerable<int> stream = ResultStream.Create<int>(
            (_, _) =>
            {
                isStarted = true;
                return Task.CompletedTask;
            },
            CancellationToken.None
        );

        Assert.False(isStarted);
        Assert.Empty(await stream.ReadAllAsync());
        Assert.True(isStarted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_ReaderIsBehind_BlocksTheWorker(bool isAsync)
    {
        int written = 0;
        IAsyncEnumerable<int> stream = ResultStream.Create<int>(
            async (results, _) =>
            {
                for (int i = 0; i < 1000; i++)
                {
                    if (isAsync)
                        await results.WriteAsync(i);
                    else
                        results.Write(i);
                    Interlocked.Increment(ref written);
                }
            },
            CancellationToken.None
        );

        await using IAsyncEnumerator<int> reader = stream.GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref written) > ResultStream.Capacity, TimeSpan.FromSeconds(10)));
        Assert.InRange(Volatile.Read(ref written), ResultStream.Capacity, ResultStream.Capacity + 2);
    }

    [Fact]
    public async Task Create_OperationFails_ThrowsAfterTheResults()
    {
        IAsyncEnumerable<int> stream = ResultStream.Create<int>(
            async (results, _) =>
            {
                await results.WriteAsync(1);
                await results.WriteAsync(2);
                throw new LinkedInException(LinkedInErrorId.NotFound, "failed");
            },
            CancellationToken.None
        );

        var received = new List<int>();
        LinkedInException thrown = await Assert.ThrowsAsync<LinkedInException>(async () =>
        {
            await foreach (int result in stream)
                received.Add(result);
        });
        Assert.Equal("failed", thrown.Message);
        Assert.Equal([1, 2], received);
    }

    [Fact]
    public async Task Create_OperationThrowsBeforeItsFirstAwait_Throws()
    {
        IAsyncEnumerable<int> stream = ResultStream.Create<int>(
            (_, _) => throw new InvalidOperationException("at once"),
            CancellationToken.None
        );

        Assert.Equal("at once", (await Assert.ThrowsAsync<InvalidOperationException>(() => stream.ReadAllAsync())).Message);
    }

    [Fact]
    public async Task DisposeAsync_OperationIsRunning_CancelsItAndWaitsForItsEnd()
    {
        bool isCleanedUp = false;
        IAsyncEnumerable<int> stream = ResultStream.Create<int>(
            async (results, token) =>
            {
                try
                {
                    for (int i = 0; ; i++)
                        await results.WriteAsync(i);
                }
                finally
                {
                    Assert.True(token.IsCancellationRequested);
                    await Task.Yield();
                    isCleanedUp = true;
                }
            },
            CancellationToken.None
        );

        await foreach (int _ in stream)
            break;
        Assert.True(isCleanedUp);
    }

    [Fact]
    public async Task Create_TokenIsCanceled_ThrowsAfterTheOperationHasCleanedUp()
    {
        using var source = new CancellationTokenSource();
        bool isCleanedUp = false;
        IAsyncEnumerable<int> stream = ResultStream.Create<int>(
            async (results, token) =>
            {
                await results.WriteAsync(1);
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    await Task.Yield();
                    isCleanedUp = true;
                }
            },
            source.Token
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (int _ in stream)
                await source.CancelAsync();
        });
        Assert.True(isCleanedUp);
    }
}
