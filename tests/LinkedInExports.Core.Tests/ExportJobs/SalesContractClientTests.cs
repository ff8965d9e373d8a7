using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Contracts;

namespace LinkedInExports.Core.Tests.ExportJobs;

public sealed class SalesContractClientTests
{
    [Theory]
    [InlineData(ContractPaging.Links, 0)]
    [InlineData(ContractPaging.Links, 1)]
    [InlineData(ContractPaging.Links, 10)]
    [InlineData(ContractPaging.Links, 23)]
    [InlineData(ContractPaging.NoLinks, 20)]
    [InlineData(ContractPaging.NoLinks, 23)]
    [InlineData(ContractPaging.ShortPagesWithNext, 23)]
    [InlineData(ContractPaging.None, 23)]
    public async Task List_AnyPaging_EmitsEachContractOnce(ContractPaging paging, int count)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ContractPaging = paging, Contracts = Make(count) }
        );
        await fixture
            .Client.SalesContracts.ListAsync(reportingOnly: false, fixture.Recorder, CancellationToken.None)
            .RecordAsync(fixture.Recorder);
        Assert.Equal(
            Make(count).Select(contract => $"urn:li:contract:{contract.Id}"),
            Contracts(fixture).Select(contract => contract.Contract)
        );
    }

    [Theory]
    [InlineData(ContractPaging.StuckStart)]
    [InlineData(ContractPaging.RepeatedPage)]
    public async Task List_CircularPaging_Ends(ContractPaging paging)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ContractPaging = paging, Contracts = Make(23) }
        );
        await fixture
            .Client.SalesContracts.ListAsync(reportingOnly: false, fixture.Recorder, CancellationToken.None)
            .RecordAsync(fixture.Recorder);
        Assert.Equal(10, Contracts(fixture).Length);
        Assert.Equal(2, fixture.Emulator.Requests.Count);
    }

    [Fact]
    public async Task List_ReportingOnly_OmitsOtherContracts()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        await fixture
            .Client.SalesContracts.ListAsync(reportingOnly: true, fixture.Recorder, CancellationToken.None)
            .RecordAsync(fixture.Recorder);
        Assert.Equal(["Fabrikam EMEA", "Fabrikam Americas"], Contracts(fixture).Select(contract => contract.Name));
        Assert.All(Contracts(fixture), contract => Assert.True(contract.HasReportingAccess));
    }

    [Theory]
    [InlineData("""{"elements":[null,{"contract":"urn:li:contract:1"},{}],"paging":{"links":[null]}}""", 1)]
    [InlineData("""{"elements":[null],"paging":null}""", 0)]
    [InlineData("""{"elements":null}""", 0)]
    [InlineData(
        """{"elements":[{"contract":null,"name":null}],"paging":{"start":9223372036854775807,"count":-1,"links":[{"rel":null}]}}""",
        0
    )]
    public async Task ListAsync_NullsInTheResponse_OutputsWhatIsThere(string json, int count)
    {
        var recorder = new RecordingOutput();
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("the-token"),
                HttpHandler = new FakeHttpHandler(_ => FakeHttpHandler.Json(json)),
            }
        );
        await client.SalesContracts.ListAsync(reportingOnly: false, recorder, CancellationToken.None).RecordAsync(recorder);
        Assert.Equal(count, recorder.Outputs.Length);
    }

    private static SalesContract[] Contracts(EmulatorFixture fixture) => [.. fixture.Recorder.Outputs.Cast<SalesContract>()];

    private static EmulatedContract[] Make(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new EmulatedContract(8000 + i, $"Contract {i}"))];
}
