using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core.Tests.Resumes.Batches;

/// <summary>
/// Responses to batches that differ from LinkedIn's documentation. They affect no other record.
/// </summary>
public sealed class BatchResponseTests
{
    /// <summary>49 of 50 records succeed, with an ID of 2 MB and a message that repeats the token.</summary>
    [Fact]
    public async Task SyncAsync_HugeIdBrokenTextAndRepeatedToken_SyncsAllOtherRecordsAndKeepsNoSecret()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string token = fixture.Emulator.AccessToken;
        ResumeInput[] inputs =
        [
            .. fixture.Inputs(50),
            ResumeSyncFixture.Input(new string('x', 2 << 20), fixture.Write("long.txt")),
        ];
        bool refuses = true;
        using TamperingHandler network = BatchResponseHandler.Create(keys =>
        {
            string refused = keys.Single(key => key.Contains("=C-17&", StringComparison.Ordinal));
            string said = $$"""{"status":400,"message":"Bearer {{token}}, {{Uri.EscapeDataString(token)}}: bad name \ud83d"}""";
            return refuses
                ? BatchResponseHandler.Answer(keys.Where(key => key != refused), $"\"{refused}\":{said}")
                : BatchResponseHandler.Answer(keys);
        });
        LinkedInClient client = fixture.Connect(network: network);

        ResumeSyncResult[] results = await fixture.SyncAsync(inputs, client: client);
        Assert.Equal(49, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        ResumeSyncResult failed = Assert.Single(results, result => result.Outcome == ResumeSyncOutcome.Failed);
        Assert.Equal(("C-17", 400), (failed.CandidateId, failed.StatusCode));
        Assert.EndsWith("bad name \ufffd", failed.Reason, StringComparison.Ordinal);
        ResumeSyncResult rejected = Assert.Single(results, result => result.Outcome == ResumeSyncOutcome.Rejected);
        Assert.Contains("too long", rejected.Reason, StringComparison.Ordinal);
        Assert.Equal(
            [LinkedInErrorId.InvalidResumeRecord, LinkedInErrorId.ResumeNotSynced],
            fixture.Recorder.Errors.Select(error => error.Id).Order()
        );
        Assert.All(fixture.Recorder.Errors, error => Assert.InRange(error.Message.Length, 1, 4000));

        AssertNoSecret(fixture, token);
        refuses = false;
        results = await fixture.SyncAsync(inputs, client: client);
        Assert.Equal(49, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));
        Assert.Equal("C-17", Assert.Single(results, result => result.Outcome == ResumeSyncOutcome.Synced).CandidateId);
        Assert.Equal((50, 1, 0), (fixture.Status().InSync, fixture.Status().Rejected, fixture.Status().Pending));
        Assert.Equal(51, CandidateResumeClient.ReadResults(fixture.Ledger, default).Count());
        AssertNoSecret(fixture, token);
    }

    public static TheoryData<string> BrokenValues =>
        [
            """{"status":400,"message":"half \ud83d"}""",
            """{"status":400,"message":"half \ude00 of"}""",
            "{\"status\":400,\"message\":\"no UTF-8 \u0001\"}",
            """{"status":400,"code":"\ud83d"}""",
            """{"\ud83d":1,"status":400}""",
            "{\"\u0001\":{\"\u0001\":[\"\u0001\"]},\"status\":400}",
            """{"status":400,"message":{"text":"\ud83d"}}""",
            """{"status":400,"message":["\ud83d"]}""",
            """{"status":400,"serviceErrorCode":"\ud83d"}""",
            """{"status":400,"message":"\"\\\/\b\f\n\r\t\u0041\ud83d\ude00\ud83d"}""",
        ];

    [Theory]
    [MemberData(nameof(BrokenValues))]
    public async Task SyncAsync_TextOfOneRecordIsNotUnicode_FailsThatRecordAlone(string value)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        using TamperingHandler network = BatchResponseHandler.Create(keys =>
            BatchResponseHandler.Answer(keys.Where((_, index) => index != 1), $"\"{keys[1]}\":{value}")
        );
        ResumeSyncResult[] results = await fixture.SyncAsync(
            [ResumeSyncFixture.Uploaded("1", blob), ResumeSyncFixture.Uploaded("2", blob), ResumeSyncFixture.Uploaded("3", blob)],
            fixture.Options(throttle: 1),
            fixture.Connect(network: network)
        );
        Assert.Equal(
            [ResumeSyncOutcome.Synced, ResumeSyncOutcome.Failed, ResumeSyncOutcome.Synced],
            results.Select(result => result.Outcome)
        );
        Assert.Equal(400, results[1].StatusCode);
        Assert.NotEqual("", results[1].Reason);
        Assert.DoesNotContain(results[1].Reason!, character => char.IsControl(character));
        Assert.Equal(LinkedInErrorId.ResumeNotSynced, Assert.Single(fixture.Recorder.Errors).Id);
    }

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\u0001")]
    [InlineData("tcrmCandidateId=%FF&dataProvider=PARTNER&integrationContext=%ZZ&tcrmResumeId=\\udead")]
    public async Task SyncAsync_KeyIsNotUnicode_IsAWarning(string key)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        using TamperingHandler network = BatchResponseHandler.Create(keys => BatchResponseHandler.Answer([key, .. keys.Skip(1)]));
        ResumeSyncResult[] results = await fixture.SyncAsync(
            [ResumeSyncFixture.Uploaded("1", blob), ResumeSyncFixture.Uploaded("2", blob)],
            fixture.Options(throttle: 1),
            fixture.Connect(network: network)
        );
        Assert.Equal([ResumeSyncOutcome.Failed, ResumeSyncOutcome.Synced], results.Select(result => result.Outcome));
        Assert.Equal("LinkedIn returned no result for this record.", results[0].Reason);
        Assert.Contains("not in the request", Assert.Single(fixture.Recorder.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"results":{K:{"status":409},K:{"status":204}}}""",
        409,
        "LinkedIn returned status 409. LinkedIn also returned status 204 for this record."
    )]
    [InlineData(
        """{"results":{K:{"status":204},K:{"status":409}}}""",
        409,
        "LinkedIn returned status 409. LinkedIn also returned status 204 for this record."
    )]
    [InlineData(
        """{"results":{K:{"status":204}},"errors":{K:{"status":409,"message":"No."}}}""",
        409,
        "No. LinkedIn also returned status 204 for this record."
    )]
    [InlineData(
        """{"errors":{K:{"status":409,"message":"No."}},"results":{K:{"status":204}}}""",
        409,
        "No. LinkedIn also returned status 204 for this record."
    )]
    [InlineData(
        """{"errors":{K:{"status":409,"message":"No."}},"errors":{},"results":{K:{"status":204}}}""",
        409,
        "No. LinkedIn also returned status 204 for this record."
    )]
    [InlineData(
        """{"errors":{K:{"status":503},K:{"status":409,"message":"No."}}}""",
        409,
        "No. LinkedIn also returned status 503 for this record."
    )]
    [InlineData(
        """{"results":{K:{"status":204,"status":409}}}""",
        409,
        "LinkedIn returned status 409. LinkedIn also returned status 204 for this record."
    )]
    [InlineData(
        """{"results":{K:{"status":204},K:{}}}""",
        null,
        "LinkedIn returned no reason. LinkedIn also returned status 204 for this record."
    )]
    [InlineData("""{"results":{K:{"status":204},K:{"status":204}}}""", 204, null)]
    [InlineData("""{"results":{K:{"status":204},K:{"status":201}}}""", 204, null)]
    public async Task SyncAsync_KeyInTwoResults_FailureWins(string json, int? status, string? reason)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using TamperingHandler network = BatchResponseHandler.Create(keys =>
            BatchResponseHandler.Bytes(json.Replace("K:", $"\"{keys[0]}\":", StringComparison.Ordinal))
        );
        ResumeSyncResult result = Assert.Single(
            await fixture.SyncAsync(
                [ResumeSyncFixture.Uploaded("1", fixture.AddBlob())],
                client: fixture.Connect(network: network)
            )
        );
        Assert.Equal(
            (reason is null ? ResumeSyncOutcome.Synced : ResumeSyncOutcome.Failed, status, reason),
            (result.Outcome, result.StatusCode, result.Reason)
        );
    }

    [Fact]
    public async Task SyncAsync_KeyOfBothOrganizations_UsesTheRightOne()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using TamperingHandler network = BatchResponseHandler.Create(keys =>
            BatchResponseHandler.Answer([keys[0].Replace("1234567890", "1000", StringComparison.Ordinal), keys[0]])
        );
        ResumeSyncResult result = Assert.Single(
            await fixture.SyncAsync(
                [ResumeSyncFixture.Uploaded("1", fixture.AddBlob())],
                client: fixture.Connect(network: network)
            )
        );
        Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome);
        Assert.Contains("urn:li:organization:1000", Assert.Single(fixture.Recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SyncAsync_ManyUnknownKeys_AreOneWarning()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using TamperingHandler network = BatchResponseHandler.Create(keys =>
            BatchResponseHandler.Answer([.. keys, .. Enumerable.Range(1, 1000).Select(number => $"unknown{number}")])
        );
        Assert.Equal(
            ResumeSyncOutcome.Synced,
            Assert
                .Single(
                    await fixture.SyncAsync(
                        [ResumeSyncFixture.Uploaded("1", fixture.AddBlob())],
                        client: fixture.Connect(network: network)
                    )
                )
                .Outcome
        );
        Assert.EndsWith(
            "unknown1; unknown2; unknown3; and 997 more",
            Assert.Single(fixture.Recorder.Warnings),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"results":{}} {}""")]
    [InlineData("""{"results":{}""")]
    [InlineData("""{"results":{"a":{"status":204}},}""")]
    [InlineData("\u0001")]
    public async Task SyncAsync_ResponseIsNotJson_IsUnexpectedResponse(string json)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using TamperingHandler network = BatchResponseHandler.Create(_ => BatchResponseHandler.Bytes(json));
        Assert.Equal(
            ResumeSyncOutcome.Failed,
            Assert
                .Single(
                    await fixture.SyncAsync(
                        [ResumeSyncFixture.Uploaded("1", fixture.AddBlob())],
                        client: fixture.Connect(network: network)
                    )
                )
                .Outcome
        );
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, Assert.Single(fixture.Recorder.Errors).Id);
    }

    [Fact]
    public void GetWorse_OfTwoFailures_IsTheOneThatWillNotPass()
    {
        var transient = new RecordResult(503, "Later.", IsError: true);
        var refused = new RecordResult(400, "No.", IsError: true);
        Assert.Equal(400, RecordResult.GetWorse(transient, refused).Status);
        Assert.Equal(400, RecordResult.GetWorse(refused, transient).Status);
        Assert.True(RecordResult.GetWorse(new RecordResult(204, null), transient).IsTransient);
    }

    private static void AssertNoSecret(ResumeSyncFixture fixture, string token)
    {
        foreach (string path in Directory.GetFiles(fixture.Ledger))
            Assert.DoesNotContain(token, File.ReadAllText(path), StringComparison.Ordinal);
        Assert.DoesNotContain(token, fixture.Recorder.GetAllText(), StringComparison.Ordinal);
        Assert.All(
            fixture.Recorder.Outputs.Cast<ResumeSyncResult>(),
            result => Assert.DoesNotContain(token, result.Reason ?? "", StringComparison.Ordinal)
        );
    }
}
