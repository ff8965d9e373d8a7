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
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ContractPaging = paging, Contracts = Make(count) }
        );
        await session
            .Client.SalesContracts.ListAsync(reportingOnly: false, session.Recorder, CancellationToken.None)
            .RecordAsync(session.Recorder);
        Assert.Equal(
            Make(count).Select(contract => $"urn:li:contract:{contract.Id}"),
            Contracts(session).Select(contract => contract.Contract)
        );
    }

    [Theory]
    [InlineData(ContractPaging.StuckStart)]
    [InlineData(ContractPaging.RepeatedPage)]
    public async Task List_CircularPaging_Ends(ContractPaging paging)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ContractPaging = paging, Contracts = Make(23) }
        );
        await session
            .Client.SalesContracts.ListAsync(reportingOnly: false, session.Recorder, CancellationToken.None)
            .RecordAsync(session.Recorder);
        Assert.Equal(10, Contracts(session).Length);
        Assert.Equal(2, session.Emulator.Requests.Count);
    }

    [Fact]
    public async Task List_ReportingOnly_OmitsOtherContracts()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        await session
            .Client.SalesContracts.ListAsync(reportingOnly: true, session.Recorder, CancellationToken.None)
            .RecordAsync(session.Recorder);
        Assert.Equal(["Fabrikam EMEA", "Fabrikam Americas"], Contracts(session).Select(contract => contract.Name));
        Assert.All(Contracts(session), contract => Assert.True(contract.HasReportingAccess));
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
        var heard = new RecordingOutput();
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("the-token"),
                HttpHandler = new FakeHttpHandler(_ => FakeHttpHandler.Json(json)),
            }
        );
        await client.SalesContracts.ListAsync(reportingOnly: false, heard, CancellationToken.None).RecordAsync(heard);
        Assert.Equal(count, heard.Outputs.Length);
    }

    private static SalesContract[] Contracts(EmulatorFixture session) => [.. session.Recorder.Outputs.Cast<SalesContract>()];

    private static EmulatedContract[] Make(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new EmulatedContract(8000 + i, $"Contract {i}"))];
}
