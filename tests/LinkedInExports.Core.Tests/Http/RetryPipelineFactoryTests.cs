using LinkedInExports.Core.Http;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;
using Polly;

namespace LinkedInExports.Core.Tests.Http;

/// <summary>Which failures are retried, how often, and after which delays.</summary>
public sealed class RetryPipelineFactoryTests
{
    private static readonly LinkedInRequest Request = To(creates: false);

    private readonly FakeTimeProvider _time = new();
    private readonly ThrottleGate _gate;
    private readonly RecordingOutput _recorder = new();

    public RetryPipelineFactoryTests() => _gate = new ThrottleGate(_time);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    public async Task Retry_TransientFailure_RetriesUpToMaxRetries(int retries)
    {
        TimeSpan[] pauses = await SendAsync(Request, Busy(), new RetryOptions { MaxRetries = retries });
        Assert.Equal(retries, pauses.Length);
    }

    [Theory]
    [InlineData(true, false, false, 4)]
    [InlineData(true, false, true, 4)]
    [InlineData(true, true, true, 4)]
    [InlineData(true, true, false, 0)]
    [InlineData(false, false, true, 0)]
    [InlineData(false, true, true, 0)]
    public async Task Retry_CreateThatMayHaveSucceeded_IsNotRetried(bool isTransient, bool creates, bool hadNoEffect, int retries)
    {
        var failure = new LinkedInException(LinkedInErrorId.ServerError, "No.")
        {
            IsTransient = isTransient,
            IsNotProcessed = hadNoEffect,
        };
        Assert.Equal(retries, (await SendAsync(To(creates), failure)).Length);
    }

    [Fact]
    public async Task Retry_OtherException_IsNotRetried()
    {
        int tries = 0;
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            RunAsync(
                Request,
                new RetryOptions(),
                () =>
                {
                    tries++;
                    throw new InvalidDataException();
                }
            )
        );
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task Retry_Delays_GrowUpToMaximumWithJitter()
    {
        var options = new RetryOptions
        {
            MaxRetries = 12,
            BaseDelay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromSeconds(20),
        };
        TimeSpan[] pauses = await SendAsync(Request, Busy(), options);
        TimeSpan[] others = await SendAsync(Request, Busy(), options);
        Assert.NotEqual(pauses, others); // Otherwise all clients would retry at the same time.
        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.Zero, options.MaxDelay));
        Assert.InRange(pauses[0], TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(options.MaxDelay, pauses[^1]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(299, 299)]
    [InlineData(300, 300)]
    [InlineData(301, 300)]
    public async Task Retry_RetryAfter_IsUsedUpToFiveMinutes(int asked, int kept)
    {
        TimeSpan[] pauses = await SendAsync(Request, Busy(TimeSpan.FromSeconds(asked)));
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(kept), 4), pauses);
    }

    [Theory]
    [InlineData(null, 60, 60)]
    [InlineData(7, 7, 60)]
    [InlineData(90, 90, 90)]
    public async Task Retry_RateLimitedRequestWithQuota_WaitsMoreThanOneMinute(int? asked, int first, int next)
    {
        TimeSpan? delay = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        foreach (int records in new[] { 0, 1 })
        {
            TimeSpan[] pauses = await SendAsync(To(creates: false, Limit(records)), TooMany(delay));
            Assert.Equal([first, next, next, next], pauses.Select(pause => pause.TotalSeconds));
        }
    }

    [Fact]
    public async Task Retry_OtherRequestOrFailure_DoesNotWaitOneMinute()
    {
        var options = new RetryOptions { MaxDelay = TimeSpan.FromSeconds(20) };
        TimeSpan[] pauses =
        [
            .. await SendAsync(Request, TooMany(), options),
            .. await SendAsync(To(creates: false, Limit(records: 1)), Busy(), options),
        ];
        Assert.Equal(8, pauses.Length);
        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.Zero, options.MaxDelay));
    }

    [Theory]
    [InlineData(LinkedInErrorId.RateLimitExceeded, 20)]
    [InlineData(LinkedInErrorId.ServerError, 0)]
    public async Task Retry_RateLimited_DelaysOtherRequests(LinkedInErrorId id, int seconds)
    {
        Task<TimeSpan>? others = null;
        _recorder.OnMessage = (_, _) => others = OthersWaitAsync();
        var failure = new LinkedInException(id, "No.")
        {
            IsTransient = true,
            IsNotProcessed = true,
            RetryAfter = TimeSpan.FromSeconds(20),
        };
        await SendAsync(Request, failure, new RetryOptions { MaxRetries = 1 });
        Assert.Equal(TimeSpan.FromSeconds(seconds), await others!);
    }

    [Fact]
    public async Task Throttle_SeveralDelays_LongestCounts()
    {
        DateTimeOffset start = _time.GetUtcNow();
        _gate.Throttle(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(5));
        _gate.Throttle(TimeSpan.FromSeconds(14));
        Task others = _gate.WaitAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(5));
        _gate.Throttle(TimeSpan.FromSeconds(11));
        await _time.RunAsync(others);
        Assert.Equal(TimeSpan.FromSeconds(21), _time.GetUtcNow() - start);
        Assert.True(_gate.WaitAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Retry_LongDelay_WarnsOnce()
    {
        TimeSpan[] asked = [TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)];
        int tries = 0;
        await RunAsync(
            Request,
            new RetryOptions(),
            () =>
            {
                if (tries < asked.Length)
                    throw Busy(asked[tries++]);
            }
        );
        Assert.Equal(["Busy. Trying again in 10.0 s."], _recorder.Warnings);
        Assert.Equal(["Busy. Trying again in 9.9 s.", "Busy. Trying again in 60.0 s."], _recorder.VerboseLines);
    }

    private static LinkedInException Busy(TimeSpan? retryAfter = null) =>
        new(LinkedInErrorId.ServerError, "Busy.") { IsTransient = true, RetryAfter = retryAfter };

    private static LinkedInException TooMany(TimeSpan? retryAfter = null) =>
        new(LinkedInErrorId.RateLimitExceeded, "Too many.")
        {
            IsTransient = true,
            IsNotProcessed = true,
            RetryAfter = retryAfter,
        };

    private static LinkedInRequest To(bool creates, IRequestLimiter? limiter = null) =>
        new()
        {
            Description = "do it",
            Method = HttpMethod.Get,
            RequestUri = new Uri("https://api.linkedin.com/v2/"),
            RetryOnlyIfNotProcessed = creates,
            Limiter = limiter,
        };

    private QuotaLimiter Limit(int records) => new QuotaLimiter(new ResumeQuota(100, 100, _time), records);

    /// <summary>Sends a request that always fails.</summary>
    /// <returns>The delays between the attempts.</returns>
    private async Task<TimeSpan[]> SendAsync(LinkedInRequest request, LinkedInException failure, RetryOptions? options = null)
    {
        var tries = new List<DateTimeOffset>();
        LinkedInException last = await Assert.ThrowsAsync<LinkedInException>(() =>
            RunAsync(
                request,
                options ?? new RetryOptions(),
                () =>
                {
                    tries.Add(_time.GetUtcNow());
                    throw failure;
                }
            )
        );
        Assert.Same(failure, last);
        return [.. tries.Zip(tries.Skip(1), (one, next) => next - one)];
    }

    private async Task RunAsync(LinkedInRequest request, RetryOptions options, Action send)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        context.Properties.Set(RetryPipelineFactory.ContextKey, new RequestContext(request, _recorder));
        await _time.RunAsync(
            RetryPipelineFactory
                .Create(options, _time, _gate)
                .ExecuteAsync(
                    _ =>
                    {
                        send();
                        return default;
                    },
                    context
                )
                .AsTask()
        );
        ResilienceContextPool.Shared.Return(context);
    }

    private async Task<TimeSpan> OthersWaitAsync()
    {
        DateTimeOffset start = _time.GetUtcNow();
        await _gate.WaitAsync(CancellationToken.None);
        return _time.GetUtcNow() - start;
    }
}
