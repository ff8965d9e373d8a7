using System.Net;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Resumes.Batches;

/// <summary>Long queries in the body of a POST request, and servers that reject them.</summary>
public sealed class QueryTunnelingTests
{
    private const int Records = 120;

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(411)]
    [InlineData(413)]
    [InlineData(414)]
    [InlineData(415)]
    [InlineData(422)]
    [InlineData(501)]
    public async Task Auto_TunnelRejected_FallsBackToPlainPutOncePerRun(int status)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        int tunnels = 0;
        using TamperingHandler network = RejectTunnels(status, () => tunnels++);
        ResumeSyncResult[] results = await fixture.SyncAsync(
            Inputs(fixture),
            Options(fixture, QueryTunneling.Auto, 50),
            fixture.Connect(network: network)
        );

        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(1, tunnels);
        Assert.All(fixture.Batches, request => Assert.Equal(("PUT", 200), (request.Method, request.StatusCode)));
        Assert.All(fixture.Batches, request => Assert.InRange(request.RawTarget.Length, 1, 4100));
        Assert.Equal(5, fixture.Batches.Length); // 50 and 50 and 20 records, of which 27 fit into a query.
        Assert.Contains($"status {status}", Assert.Single(fixture.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(fixture.Recorder.Errors);
        Assert.All(fixture.Emulator.Resumes, resume => Assert.Equal(1, resume.TimesWritten));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Auto_RejectedForAnotherReason_DoesNotFallBack(int status)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using TamperingHandler network = RejectTunnels(status, () => { });
        await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.SyncAsync(Inputs(fixture), Options(fixture, QueryTunneling.Auto), fixture.Connect(network: network))
        );
        Assert.Empty(fixture.Batches);
        Assert.Empty(fixture.Recorder.Warnings);
    }

    [Fact]
    public async Task Auto_PlainPutRejectedToo_EndsAsWithoutTunnel()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (request, _) =>
                request.RequestUri!.AbsolutePath.EndsWith("/tcrmCandidateResumes", StringComparison.Ordinal)
                    ? new HttpResponseMessage(HttpStatusCode.NotFound)
                    : null
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.SyncAsync(Inputs(fixture), Options(fixture, QueryTunneling.Auto), fixture.Connect(network: network))
        );
        Assert.Equal(LinkedInErrorId.NotFound, error.Id);
        Assert.Equal(Records, fixture.Status().Pending);
    }

    [Fact]
    public async Task Auto_OneRecordBreaksTheBatch_FailsAlone()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (_, body) =>
                body.Contains("tcrmCandidateId=17&", StringComparison.Ordinal)
                    ? new HttpResponseMessage(HttpStatusCode.BadRequest)
                    : null
        );
        ResumeSyncResult[] results = await fixture.SyncAsync(
            Inputs(fixture),
            Options(fixture, QueryTunneling.Auto),
            fixture.Connect(network: network)
        );
        Assert.Equal("17", Assert.Single(results, result => result.Outcome == ResumeSyncOutcome.Failed).CandidateId);
        Assert.Equal(Records - 1, fixture.Emulator.ResumeCount);
    }

    [Fact]
    public async Task Never_LongBatch_IsSentInAsManyPutRequestsAsNeeded()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeSyncResult[] results = await fixture.SyncAsync(Inputs(fixture), Options(fixture, QueryTunneling.Never));
        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.All(fixture.Batches, request => Assert.Equal(("PUT", 200), (request.Method, request.StatusCode)));
        Assert.Empty(fixture.Recorder.Warnings);
        Assert.All(fixture.Emulator.Resumes, resume => Assert.Equal(1, resume.TimesWritten));
    }

    [Fact]
    public async Task Always_ShortQuery_IsTunneledToo()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(Inputs(fixture).Take(1), Options(fixture, QueryTunneling.Always));
        Assert.Equal(
            ("POST", "PUT", 200),
            (fixture.Batches[0].Method, fixture.Batches[0].Header("X-HTTP-Method-Override"), fixture.Batches[0].StatusCode)
        );
    }

    [Fact]
    public async Task Always_TunnelRejected_DoesNotFallBack()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using TamperingHandler network = RejectTunnels(405, () => { });
        ResumeSyncResult[] results = await fixture.SyncAsync(
            Inputs(fixture).Take(5),
            Options(fixture, QueryTunneling.Always),
            fixture.Connect(network: network)
        );
        Assert.All(results, result => Assert.Equal((ResumeSyncOutcome.Failed, 405), (result.Outcome, result.StatusCode)));
        Assert.Empty(fixture.Batches);
    }

    private static TamperingHandler RejectTunnels(int status, Action count) =>
        new(
            (request, _) =>
            {
                if (!request.Headers.Contains("X-HTTP-Method-Override"))
                    return null;
                count();
                return new HttpResponseMessage((HttpStatusCode)status);
            }
        );

    private static ResumeSyncOptions Options(ResumeSyncFixture fixture, QueryTunneling tunneling, int batchSize = 100) =>
        new()
        {
            IntegrationContext = OrganizationUrn.Parse(ResumeSyncFixture.Organization),
            LedgerPath = fixture.Ledger,
            BatchSize = batchSize,
            QueryTunneling = tunneling,
        };

    private static IEnumerable<ResumeInput> Inputs(ResumeSyncFixture fixture)
    {
        string blob = fixture.AddBlob();
        return Enumerable.Range(1, Records).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob));
    }
}
