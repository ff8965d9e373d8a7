using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Quotas;

[Collection(nameof(Alone))]
public sealed class DailyRequestQuotaTests
{
    private const long Today = 20_518; // 2026-03-06

    private readonly SimulatedTime _time = new(ServerClock.StartOf(Today).AddHours(23));
    private readonly ServerClock _clock;
    private readonly Heard _heard = new();
    private readonly List<(long Day, int Count)> _written = [];

    public DailyRequestQuotaTests() => _clock = new ServerClock(_time);

    [Fact]
    public async Task After_the_last_request_of_the_day_comes_an_error_that_says_until_when()
    {
        DailyRequestQuota budget = Create(3);
        for (int request = 0; request < 3; request++)
            Assert.Equal(Today, await SpendAsync(budget));
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget));
        Assert.Equal((LinkedInErrorId.DailyLimitReached, TimeSpan.FromHours(1)), (error.Id, error.RetryAfter));
        Assert.Contains("2026-03-07 00:00 UTC", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, budget.UsedToday);
    }

    [Fact]
    public Task Who_waits_goes_on_with_the_servers_next_day() => _time.RunAsync(async () =>
    {
        _clock.Learn(_time.GetUtcNow().AddMinutes(-10.5));
        DailyRequestQuota budget = Create(2);
        budget.Waits = true;
        for (int request = 0; request < 2; request++)
            Assert.Equal(Today, await SpendAsync(budget));
        Assert.Equal(Today + 1, await SpendAsync(budget));
        Assert.Equal(TimeSpan.FromMinutes(70.5), _time.Elapsed);
        Assert.Equal(Today + 1, await SpendAsync(budget));
        Assert.Equal(Today + 2, await SpendAsync(budget));
        Assert.Equal(TimeSpan.FromMinutes(70.5 + (24 * 60)), _time.Elapsed);
        Assert.All(_heard.VerboseLines, line => Assert.Contains("going on at 2026-03-0", line, StringComparison.Ordinal));
    });

    [Fact]
    public Task A_wait_can_be_given_up() => _time.RunAsync(async () =>
    {
        DailyRequestQuota budget = Create(1);
        budget.Waits = true;
        await SpendAsync(budget);
        using var stop = new CancellationTokenSource();
        Task<long> waiting = budget.SpendAsync(null, _heard, stop.Token);
        await _time.Delay(1000);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, budget.UsedToday);
    });

    [Fact]
    public async Task Requests_are_written_down_by_hundreds_before_they_are_sent()
    {
        DailyRequestQuota budget = Create(250);
        for (int request = 1; request <= 250; request++)
        {
            await SpendAsync(budget);
            Assert.InRange(_written[^1].Count, request, request + 99);
        }

        Assert.Equal([(Today, 100), (Today, 200), (Today, 250)], _written);
        budget.Settle();
        Assert.Equal((Today, 250), _written[^1]);
    }

    [Fact]
    public async Task The_end_of_a_run_writes_down_how_many_there_really_were()
    {
        DailyRequestQuota budget = Create(1000);
        for (int request = 1; request <= 7; request++)
            await SpendAsync(budget);
        budget.Settle();
        Assert.Equal([(Today, 100), (Today, 7)], _written);
    }

    [Fact]
    public void A_run_without_requests_writes_nothing()
    {
        Create(10).Settle();
        Assert.Empty(_written);
    }

    [Fact]
    public async Task A_request_that_could_not_be_written_down_is_none_and_the_next_tries_again()
    {
        DailyRequestQuota budget = Create(10);
        bool isFull = true;
        budget.Reserve = (day, count) =>
        {
            if (isFull)
                throw new LinkedInException(LinkedInErrorId.FileWriteFailed, "full");
            _written.Add((day, count));
        };
        for (int attempt = 0; attempt < 3; attempt++)
            await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget));
        Assert.Equal(0, budget.UsedToday);
        isFull = false;
        await SpendAsync(budget);
        Assert.Equal((1, (Today, 10)), (budget.UsedToday, Assert.Single(_written)));
    }

    [Fact]
    public async Task What_earlier_processes_used_counts_for_its_day()
    {
        DailyRequestQuota budget = Create(100);
        budget.Recall(Today - 1, 100);
        budget.Recall(Today, 98);
        budget.Recall(Today, 50);
        await SpendAsync(budget);
        await SpendAsync(budget);
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget));
        Assert.All(_written, entry => Assert.Equal((Today, 100), entry));
    }

    [Fact]
    public async Task What_was_promised_is_there_and_nobody_else_gets_it()
    {
        DailyRequestQuota budget = Create(5);
        using DailyRequestQuota.Reservation first = await PromiseAsync(budget);
        using DailyRequestQuota.Reservation second = await PromiseAsync(budget);
        await Assert.ThrowsAsync<LinkedInException>(() => PromiseAsync(budget));
        await SpendAsync(budget);
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget));
        await SpendAsync(budget, first);
        await SpendAsync(budget, first);
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget, first)); // A third was not promised.
        await SpendAsync(budget, second);
        second.Dispose();
        await SpendAsync(budget); // What nobody needed any more.
        Assert.Equal(5, budget.UsedToday);
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget));
    }

    [Fact]
    public async Task What_is_kept_is_promised_to_nobody_and_can_be_spent()
    {
        DailyRequestQuota budget = Create(5);
        int kept = 2;
        budget.Kept = () => kept;
        (await PromiseAsync(budget, 3)).Dispose();
        await Assert.ThrowsAsync<LinkedInException>(() => PromiseAsync(budget, 4));
        await SpendAsync(budget);
        await SpendAsync(budget);
        await Assert.ThrowsAsync<LinkedInException>(() => PromiseAsync(budget));
        await SpendAsync(budget);
        kept = 0;
        (await PromiseAsync(budget)).Dispose();
    }

    [Fact]
    public Task Who_waits_for_a_promise_gets_it_the_next_day() => _time.RunAsync(async () =>
    {
        DailyRequestQuota budget = Create(2);
        budget.Waits = true;
        await SpendAsync(budget);
        using DailyRequestQuota.Reservation promise = await PromiseAsync(budget);
        Assert.Equal(TimeSpan.FromHours(1), _time.Elapsed);
        Assert.Equal(Today + 1, await SpendAsync(budget, promise));
    });

    [Fact]
    public async Task A_request_over_midnight_counts_for_both_days()
    {
        DailyRequestQuota budget = Create(2);
        long day = await SpendAsync(budget);
        _time.Set(TimeSpan.FromHours(2));
        budget.Answered(day);
        Assert.Equal(1, budget.UsedToday);
        await SpendAsync(budget);
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget));
    }

    [Fact]
    public async Task A_day_that_was_learnt_too_late_counts_from_the_answer_on()
    {
        // Our clock is a day behind: what was taken for yesterday was today.
        DailyRequestQuota budget = Create(10);
        long day = await SpendAsync(budget);
        _clock.Learn(_time.GetUtcNow().AddDays(1));
        budget.Answered(day);
        Assert.Equal((Today, 1), (day, budget.UsedToday));
        Assert.Equal([(Today, 10), (Today + 1, 10)], _written);
    }

    [Fact]
    public async Task That_somebody_sets_the_clock_makes_no_request_unsent()
    {
        DailyRequestQuota budget = Create(3);
        for (int request = 0; request < 3; request++)
            await SpendAsync(budget);
        foreach (int days in new[] { 1, 2, -10, 30, -60 })
        {
            _time.Set(TimeSpan.FromDays(days));
            for (int request = 0; request < 3; request++)
                await SpendAsync(budget);
            await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget));
        }

        _time.Set(TimeSpan.FromDays(-1 - 2 + 10 - 30 + 60));
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget));
    }

    [Fact]
    public async Task A_part_takes_from_the_whole()
    {
        var whole = new DailyRequestQuota(3, _clock, _time);
        DailyRequestQuota one = Create(3, whole);
        DailyRequestQuota other = Create(3, whole);
        await SpendAsync(one);
        await SpendAsync(other);
        await SpendAsync(other);
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(one));
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(other));
        Assert.Equal((3, 1, 2), (whole.UsedToday, one.UsedToday, other.UsedToday));
    }

    [Fact]
    public async Task A_request_over_midnight_counts_for_both_days_of_the_whole_too()
    {
        var whole = new DailyRequestQuota(2, _clock, _time);
        DailyRequestQuota part = Create(2, whole);
        long day = await SpendAsync(part);
        _time.Set(TimeSpan.FromHours(2));
        part.Answered(day);
        Assert.Equal((1, 1), (whole.UsedToday, part.UsedToday));
    }

    [Fact]
    public async Task What_the_whole_cannot_give_stays_promised()
    {
        var whole = new DailyRequestQuota(1, _clock, _time);
        DailyRequestQuota part = Create(3, whole);
        using DailyRequestQuota.Reservation promise = await PromiseAsync(part);
        await SpendAsync(whole);
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(part, promise));
        await Assert.ThrowsAsync<LinkedInException>(() => PromiseAsync(part));
        promise.Dispose();
        (await PromiseAsync(part, 3)).Dispose();
    }

    [Fact]
    public async Task What_LinkedIn_says_counts_more_than_what_was_counted()
    {
        var whole = new DailyRequestQuota(1000, _clock, _time);
        DailyRequestQuota budget = Create(1000, whole);
        await SpendAsync(budget);
        budget.Exhaust();
        Assert.Equal((Today, 1000), _written[^1]);
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(budget));
        await Assert.ThrowsAsync<LinkedInException>(() => SpendAsync(whole));
        budget.Settle();
        Assert.Equal((Today, 1000), _written[^1]);
    }

    [Fact]
    public Task A_pause_that_is_over_already_is_none() => _time.RunAsync(async () =>
    {
        // Between two looks at the clock midnight may pass; -1 ms would be for ever.
        foreach (double milliseconds in new[] { 0, -0.5, -1, -1.5, -60_000 })
            await _time.Delay(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None);
        Assert.Equal(TimeSpan.Zero, _time.Elapsed);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _time.Delay(TimeSpan.Zero, stop.Token));
    });

    private DailyRequestQuota Create(int requests, DailyRequestQuota? whole = null) =>
        new(requests, _clock, _time, whole) { Reserve = (day, count) => _written.Add((day, count)) };

    private Task<long> SpendAsync(DailyRequestQuota budget, DailyRequestQuota.Reservation? promise = null) =>
        budget.SpendAsync(promise, _heard, CancellationToken.None);

    private Task<DailyRequestQuota.Reservation> PromiseAsync(DailyRequestQuota budget, int requests = 2) =>
        budget.PromiseAsync(requests, _heard, CancellationToken.None);
}
