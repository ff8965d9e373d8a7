using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.ExportJobs;

public sealed class JobCreationTests
{
    [Fact]
    public async Task Create_IdHeaderMissing_TakesIdFromLocation()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { IdHeader = false, FirstJobId = 3_000_000_000 }
        );
        Assert.Equal(3_000_000_000, (await fixture.CreateAsync()).JobId);
    }

    public static TheoryData<Fault> LostResponses =>
        [
            Fault.ResetBeforeEffect(),
            Fault.ResetAfterEffect(),
            Fault.Status(500),
            Fault.Status(502, FaultBody.Html),
            Fault.Status(503, FaultBody.Empty),
            Fault.Status(504),
            Fault.Status(501),
            Fault.Status(507),
            Fault.Status(520),
            Fault.Status(599),
        ];

    [Theory]
    [MemberData(nameof(LostResponses))]
    public async Task Create_ResponseLost_ThrowsCreateOutcomeUnknownWithoutRetry(Fault fault)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(fault);

        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(fixture.CreateAsync);

        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
        Assert.Equal(EmulatorFixture.Crm, error.Target);
        Assert.Single(fixture.Emulator.Requests);
    }

    [Fact]
    public async Task Create_ResponseTimeout_ThrowsCreateOutcomeUnknown()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            retry: new() { ResponseTimeout = TimeSpan.FromMilliseconds(100) }
        );
        fixture.Emulator.Faults.Add(Fault.Latency(TimeSpan.FromSeconds(5)));
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(fixture.CreateAsync);
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
        Assert.Single(fixture.Emulator.Requests);
    }

    [Fact]
    public async Task Create_RateLimited_IsRetried()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(429, retryAfter: TimeSpan.Zero) with { Times = 2 });
        Assert.Equal(148, (await fixture.CreateAsync()).JobId);
        Assert.Equal([429, 429, 201], fixture.Emulator.Requests.Select(request => request.StatusCode));
    }

    [Fact]
    public async Task Create_NeverSent_IsRetriedThenFails()
    {
        var recorder = new RecordingOutput();
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                BaseUri = new Uri("http://127.0.0.1:1/v2/"), // No server is listening there.
                AccessToken = new StaticTokenSource("token"),
                Retry = EmulatorFixture.FastRetry,
            }
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            client.CrmValidation.CreateAsync(EmulatorFixture.CrmInstance, EmulatorFixture.Start, recorder, CancellationToken.None)
        );

        Assert.Equal(LinkedInErrorId.ConnectionFailed, error.Id);
        Assert.Equal(5, recorder.VerboseLines.Count(line => line.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(400, LinkedInErrorId.BadRequest)]
    [InlineData(401, LinkedInErrorId.TokenRejected)]
    [InlineData(403, LinkedInErrorId.AccessDenied)]
    [InlineData(404, LinkedInErrorId.NotFound)]
    [InlineData(422, LinkedInErrorId.BadRequest)]
    public async Task Create_Rejected_ErrorHasServerMessageAndTraceId(int status, LinkedInErrorId id)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(status));
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(fixture.CreateAsync);

        Assert.Equal((id, status), (error.Id, error.StatusCode));
        Assert.NotNull(error.TraceId);
        Assert.Contains(error.TraceId, error.Message, StringComparison.Ordinal);
        Assert.Single(fixture.Emulator.Requests);
    }

    [Fact]
    public async Task Create_WrongToken_ErrorHasServerMessage()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(new EmulatorOptions());
        using var client = new LinkedInClient(
            new LinkedInClientOptions { BaseUri = emulator.BaseUri, AccessToken = new StaticTokenSource("wrong") }
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            client.CrmValidation.CreateAsync(
                EmulatorFixture.CrmInstance,
                EmulatorFixture.Start,
                new RecordingOutput(),
                CancellationToken.None
            )
        );
        Assert.Equal((LinkedInErrorId.TokenRejected, 65600), (error.Id, error.ServiceErrorCode));
        Assert.Contains("Invalid access token", error.Message, StringComparison.Ordinal);
    }
}
