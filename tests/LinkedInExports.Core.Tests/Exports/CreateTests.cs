using LinkedInExports.Core.Auth;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Exports;

public sealed class CreateTests
{
    [Fact]
    public async Task The_id_comes_from_the_location_when_it_has_no_header_of_its_own()
    {
        await using Session session = await Session.StartAsync(new EmulatorOptions { IdHeader = false, FirstJobId = 3_000_000_000 });
        Assert.Equal(3_000_000_000, (await session.CreateAsync()).JobId);
    }

    public static TheoryData<Fault> LostAnswers =>
    [
        Fault.ResetBeforeEffect(), Fault.ResetAfterEffect(), Fault.Status(500), Fault.Status(502, FaultBody.Html),
        Fault.Status(503, FaultBody.Empty), Fault.Status(504),
    ];

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_create_that_may_have_reached_the_server_is_unknown_and_never_repeated(Fault fault)
    {
        await using Session session = await Session.StartAsync();
        session.Emulator.Faults.Add(fault);

        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(session.CreateAsync);

        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
        Assert.Equal(Session.Crm, error.Target);
        Assert.Single(session.Emulator.Requests);
    }

    [Fact]
    public async Task A_create_without_an_answer_in_time_is_unknown_too()
    {
        await using Session session = await Session.StartAsync(retry: new() { ResponseTimeout = TimeSpan.FromMilliseconds(100) });
        session.Emulator.Faults.Add(Fault.Latency(TimeSpan.FromSeconds(5)));
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(session.CreateAsync);
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
        Assert.Single(session.Emulator.Requests);
    }

    [Fact]
    public async Task A_create_that_was_refused_for_the_moment_is_repeated()
    {
        await using Session session = await Session.StartAsync();
        session.Emulator.Faults.Add(Fault.Status(429, retryAfter: TimeSpan.Zero) with { Times = 2 });
        Assert.Equal(148, (await session.CreateAsync()).JobId);
        Assert.Equal([429, 429, 201], session.Emulator.Requests.Select(request => request.StatusCode));
    }

    [Fact]
    public async Task A_create_that_never_left_is_repeated_and_then_says_so()
    {
        var heard = new Heard();
        using var client = new LinkedInClient(new LinkedInClientOptions
        {
            BaseUri = new Uri("http://127.0.0.1:1/v2/"), // Nobody listens there.
            AccessToken = new FixedAccessToken("token"),
            Retry = Session.Hasty,
        });
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(
            () => client.CrmValidation.CreateAsync(Session.Crm, Session.Start, heard, CancellationToken.None));

        Assert.Equal(LinkedInErrorId.ConnectionFailed, error.Id);
        Assert.Equal(5, heard.VerboseLines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(400, LinkedInErrorId.RequestRefused)]
    [InlineData(401, LinkedInErrorId.TokenRefused)]
    [InlineData(403, LinkedInErrorId.AccessDenied)]
    [InlineData(404, LinkedInErrorId.NotFound)]
    [InlineData(422, LinkedInErrorId.RequestRefused)]
    public async Task A_refusal_is_an_error_with_the_servers_words_and_trace_id(int status, LinkedInErrorId id)
    {
        await using Session session = await Session.StartAsync();
        session.Emulator.Faults.Add(Fault.Status(status));
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(session.CreateAsync);

        Assert.Equal((id, status), (error.Id, error.StatusCode));
        Assert.NotNull(error.TraceId);
        Assert.Contains(error.TraceId, error.Message, StringComparison.Ordinal);
        Assert.Single(session.Emulator.Requests);
    }

    [Fact]
    public async Task A_wrong_token_is_told_in_linkedins_own_words()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(new EmulatorOptions());
        using var client = new LinkedInClient(new LinkedInClientOptions { BaseUri = emulator.BaseUri, AccessToken = new FixedAccessToken("wrong") });
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(
            () => client.CrmValidation.CreateAsync(Session.Crm, Session.Start, new Heard(), CancellationToken.None));
        Assert.Equal((LinkedInErrorId.TokenRefused, 65600), (error.Id, error.ServiceErrorCode));
        Assert.Contains("Invalid access token", error.Message, StringComparison.Ordinal);
    }
}
