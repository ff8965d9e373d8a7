using System.Text;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Tests.Resumes.Sync;
using LinkedInExports.Emulator.Log;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Batches;

/// <summary>The requests of batches: their bytes, sizes and headers.</summary>
public sealed class ResumeBatchClientTests
{
    [Fact]
    public async Task Update_HundredRecords_SendsExactBytes()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob("/AAYexample.pdf");
        await fixture.SyncAsync(
            Range(100).Select(number => ResumeSyncFixture.Uploaded($"C+{number}", blob)),
            fixture.Options(throttle: 1)
        );

        RecordedRequest request = Assert.Single(fixture.Emulator.Requests);
        Assert.Equal("POST /v2/tcrmCandidateResumes", $"{request.Method} {request.RawTarget}");
        Assert.Equal("PUT", request.Header("X-HTTP-Method-Override"));
        Assert.Equal("batch_update", request.Header("X-RestLi-Method"));
        Assert.Equal("1.0.0", request.Header("X-RestLi-Protocol-Version"));
        Assert.Equal("multipart/mixed; boundary=LinkedInExports-1", request.Header("Content-Type"));

        string query = string.Join(
            '&',
            Range(100)
                .Select(number =>
                    $"ids%5B{number - 1}%5D.tcrmCandidateId=C%2B{number}"
                    + $"&ids%5B{number - 1}%5D.integrationContext=urn:li:organization:1234567890"
                    + $"&ids%5B{number - 1}%5D.dataProvider=PARTNER&ids%5B{number - 1}%5D.tcrmResumeId=RC%2B{number}"
                )
        );
        string entities = string.Join(
            ',',
            Range(100)
                .Select(number =>
                    $$"""
                        "tcrmCandidateId=C%2B{{number}}&dataProvider=PARTNER&integrationContext=urn:li:organization:1234567890&tcrmResumeId=RC%2B{{number}}":{"resumeFile":"urn:li:ambryBlob:/AAYexample.pdf","tcrmCreatedAt":1670935153000}
                        """
                )
        );
        Assert.Equal(
            "--LinkedInExports-1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
                + query
                + "\r\n--LinkedInExports-1\r\nContent-Type: application/json\r\n\r\n{\"entities\":{"
                + entities
                + "}}\r\n--LinkedInExports-1--\r\n",
            Encoding.UTF8.GetString(request.Body)
        );
    }

    [Fact]
    public async Task Update_IdsContainBoundary_UsesOtherBoundary()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        string[] ids = [.. Range(40).Select(number => $"LinkedInExports-{number}")];
        await fixture.SyncAsync(ids.Select(id => ResumeSyncFixture.Uploaded(id, blob)));
        Assert.Equal("multipart/mixed; boundary=LinkedInExports-41", Assert.Single(fixture.Batches).Header("Content-Type"));
        Assert.All(ids, id => Assert.NotNull(fixture.Emulator.FindResume(id, "R" + id, ResumeSyncFixture.Organization)));
    }

    [Theory]
    [InlineData("x", 1)]
    [InlineData("x", 36)]
    [InlineData("x", 200)]
    [InlineData("&", 200)]
    [InlineData("ü", 200)]
    [InlineData("😀", 100)]
    public async Task Update_LongIds_FitIntoOneRequest(string text, int times)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        string padding = string.Concat(Enumerable.Repeat(text, times));
        foreach (int batchSize in new[] { 100, 20, 1 })
        {
            int before = fixture.Batches.Length;
            ResumeSyncResult[] results = await fixture.SyncAsync(
                Range(100).Select(number => ResumeSyncFixture.Uploaded($"{number}{padding}", blob)),
                fixture.Options(batchSize, ledger: fixture.Folder.File($"{batchSize}"))
            );
            Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
            Assert.Equal(100 / batchSize, fixture.Batches.Length - before);
        }

        Assert.All(fixture.Batches, request => Assert.Equal(200, request.StatusCode));
    }

    [Fact]
    public async Task Update_ShortQuery_IsNotTunneled()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        await fixture.SyncAsync(
            Range(60).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob)),
            fixture.Options(batchSize: 20)
        );
        await fixture.SyncAsync(
            Range(60).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob, ResumeSyncFixture.CreatedAt + 1)).Take(20),
            fixture.Options(batchSize: 30)
        );
        await fixture.SyncAsync([ResumeSyncFixture.Uploaded("1", blob, ResumeSyncFixture.CreatedAt + 2)]);
        Assert.Equal(["PUT", "PUT", "PUT", "PUT", "PUT"], fixture.Batches.Select(request => request.Method));

        await fixture.SyncAsync(
            Range(60).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob, ResumeSyncFixture.CreatedAt + 3)),
            fixture.Options(batchSize: 30)
        );
        Assert.Equal(["POST", "POST"], fixture.Batches.Skip(5).Select(request => request.Method));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task RemoveAsync_ManyKeys_SplitsByBytes(int count)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        var chance = new Random(7);
        var bytes = new byte[16];
        ResumeKey[] keys =
        [
            .. Range(count)
                .Select(_ =>
                {
                    chance.NextBytes(bytes);
                    return ResumeSyncFixture.Key($"{new Guid(bytes)}", $"{Guid.NewGuid()}");
                }),
        ];
        ResumeSyncResult[] results = await fixture.RemoveAsync(keys, hasLedger: false);

        // The resumes did not exist at LinkedIn.
        Assert.All(results, result => Assert.Equal((ResumeSyncOutcome.Unchanged, 404), (result.Outcome, result.StatusCode)));
        Assert.Equal(keys.Select(key => key.CandidateId), results.Select(result => result.CandidateId));
        int[] lengths = [.. fixture.Batches.Select(request => request.RawTarget.Split('?')[1].Length)];
        Assert.All(lengths, length => Assert.InRange(length, 1, 4000));
        Assert.All(lengths.SkipLast(1), length => Assert.InRange(length, 4000 - 240, 4000)); // Another key would not fit.
        Assert.All(fixture.Batches, request => Assert.Equal("DELETE", request.Method));
    }

    [Fact]
    public async Task RemoveAsync_IdsTooLong_RejectsThemAndRemovesOthers()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        await fixture.SyncAsync([ResumeSyncFixture.Uploaded("1", blob), ResumeSyncFixture.Uploaded("2", blob)]);
        ResumeSyncResult[] results = await fixture.RemoveAsync([
            ResumeSyncFixture.Key("1"),
            ResumeSyncFixture.Key(new string('ü', 700)),
            ResumeSyncFixture.Key(""),
            ResumeSyncFixture.Key("2"),
            ResumeSyncFixture.Key("1"),
        ]);
        Assert.Equal(
            [("1", ResumeSyncOutcome.Removed), ("2", ResumeSyncOutcome.Removed)],
            results.Where(result => result.CandidateId is "1" or "2").Select(result => (result.CandidateId, result.Outcome))
        );
        Assert.Equal(2, results.Count(result => result.Outcome == ResumeSyncOutcome.Rejected));
        Assert.Equal(2, fixture.Recorder.Errors.Count(error => error.Id == LinkedInErrorId.InvalidResumeRecord));
        Assert.Empty(fixture.Emulator.Resumes);
    }

    private static IEnumerable<int> Range(int count) => Enumerable.Range(1, count);
}
