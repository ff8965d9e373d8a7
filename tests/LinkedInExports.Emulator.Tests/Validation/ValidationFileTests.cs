using System.Text;
using System.Text.Json;
using LinkedInExports.Emulator.Validation;

namespace LinkedInExports.Emulator.Tests.Validation;

/// <summary>
/// Validation jobs have rows in proportion to their period, and the same record in each period that contains its time.
/// </summary>
public sealed class ValidationFileTests
{
    [Theory]
    [InlineData(365, 3, 3000)]
    [InlineData(29, 3, 3000)]
    [InlineData(14, 2, 1500)]
    [InlineData(1, 1, 107)]
    [InlineData(0, 1, 0)]
    public async Task Job_ForSomeDays_HasRowsInProportion(int days, int files, int rows)
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions { TimeProvider = time });
        long job = await CreateAsync(wire, wire.Time.GetUtcNow().AddDays(-days));
        ValidationRow[] all = [.. wire.Emulator.GetRows(job)];
        Assert.InRange(all.Length, rows - 1, rows + 1);
        Assert.Equal(files, await FilesAsync(wire, job));
        Assert.Equal(all.Length, all.Select(row => row.CrmId).Distinct().Count());
        long start = wire.Time.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds();
        Assert.All(
            all,
            row =>
            {
                Assert.InRange(row.ExpiredAt, start, wire.Time.GetUtcNow().ToUnixTimeMilliseconds());
                Assert.InRange(row.CreatedAt - row.ExpiredAt, 1, 1000);
            }
        );
    }

    [Fact]
    public async Task SecondJob_FromTheEndOfTheFirst_HasTheFewRowsSince()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions { TimeProvider = time });
        DateTimeOffset firstEnd = wire.Time.GetUtcNow();
        long first = await CreateAsync(wire, firstEnd.AddDays(-60));
        wire.Time.Advance(TimeSpan.FromDays(1));
        long second = await CreateAsync(wire, firstEnd);
        long overlapping = await CreateAsync(wire, firstEnd.AddDays(-1));

        string[] older = [.. wire.Emulator.GetRows(first).Select(row => row.CrmId)];
        string[] newer = [.. wire.Emulator.GetRows(second).Select(row => row.CrmId)];
        string[] both = [.. wire.Emulator.GetRows(overlapping).Select(row => row.CrmId)];
        Assert.Equal(3000, older.Length);
        Assert.InRange(newer.Length, 106, 108);
        Assert.Empty(older.Intersect(newer));

        // The rows of the previous day again, and then the new ones, without a gap.
        Assert.Equal(older[^(both.Length - newer.Length)..].Concat(newer), both);
    }

    [Fact]
    public async Task Rows_OfTheSameSeed_AreTheSameInEveryEmulator()
    {
        List<string> files = [];
        foreach (long seed in new long[] { 1, 1, 2 })
        {
            await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
            {
                TimeProvider = time,
                Seed = seed,
                RowsPerPart = 5,
            });
            files.Add(
                Encoding.UTF8.GetString(
                    wire.Emulator.GetFileBytes(await CreateAsync(wire, wire.Time.GetUtcNow().AddDays(-60)), 2)
                )
            );
        }

        Assert.Equal(files[0], files[1]);
        Assert.NotEqual(files[1], files[2]);
    }

    [Theory]
    [InlineData("DYNAMICS")]
    [InlineData("SALESFORCE")]
    public async Task File_OfAnyFirstRecord_HasTheLengthThatIsAnnounced(string crm)
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            RowsPerPart = 7,
            ExtraColumns = ["Owner"],
        });
        for (int hours = 0; hours < 40; hours++)
        {
            wire.Time.Advance(TimeSpan.FromHours(7));
            long job = await CreateAsync(
                wire,
                wire.Time.GetUtcNow().AddDays(-3 * hours),
                WireFixture.Crm.Replace("DYNAMICS", crm, StringComparison.Ordinal)
            );
            for (
                int part = 1;
                part <= await FilesAsync(wire, job, WireFixture.Crm.Replace("DYNAMICS", crm, StringComparison.Ordinal));
                part++
            )
            {
                WireFixture.Reply file = await wire.SendAsync(
                    "GET",
                    (await LinksAsync(wire, job, WireFixture.Crm.Replace("DYNAMICS", crm, StringComparison.Ordinal)))[part - 1],
                    null,
                    WireFixture.Protocol
                );
                Assert.Equal(Encoding.UTF8.GetString(wire.Emulator.GetFileBytes(job, part)), file.Body);
            }
        }
    }

    private static async Task<long> CreateAsync(WireFixture wire, DateTimeOffset start, string crm = WireFixture.Crm)
    {
        WireFixture.Reply reply = await wire.SendAsync(
            "POST",
            $"/v2/crmDataValidationExportJobs?crmInstanceId={crm}",
            Encoding.UTF8.GetBytes($$"""{"exportStartAt":{{start.ToUnixTimeMilliseconds()}}}"""),
            WireFixture.Json,
            WireFixture.Protocol
        );
        return long.Parse(reply.Header("X-RestLi-Id")!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<int> FilesAsync(WireFixture wire, long job, string crm = WireFixture.Crm) =>
        (await LinksAsync(wire, job, crm)).Length;

    private static async Task<string[]> LinksAsync(WireFixture wire, long job, string crm)
    {
        wire.Time.Advance(TimeSpan.FromSeconds(5));
        WireFixture.Reply reply = await wire.SendAsync(
            "GET",
            $"/v2/crmDataValidationExportJobs/{job}?crmInstanceId={crm}",
            null,
            WireFixture.Protocol
        );
        return
        [
            .. JsonDocument
                .Parse(reply.Body)
                .RootElement.GetProperty("downloadUrls")
                .EnumerateArray()
                .Select(link => link.GetString()!),
        ];
    }
}
