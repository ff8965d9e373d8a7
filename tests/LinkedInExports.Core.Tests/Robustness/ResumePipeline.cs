using System.Globalization;
using System.Text.Json;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Resumes;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>
/// Sync-CandidateResume with a ledger, Remove-CandidateResume, the state of the ledger, and the same with unchanged responses.
/// </summary>
internal static class ResumePipeline
{
    private const int Records = 4;

    internal static RobustnessFixture Run(Scenario scenario)
    {
        var run = new RobustnessFixture(
            scenario,
            time => new EmulatorOptions { AccessToken = PlantedSecrets.AccessToken, TimeProvider = time }
        );
        LinkedInClient client = run.Connect();
        ResumeInput[] inputs =
        [
            .. Enumerable
                .Range(1, Records)
                .Select(number =>
                    ResumeSyncFixture.Input(
                        string.Create(CultureInfo.InvariantCulture, $"C-{number}"),
                        run.Folder.Write($"{number}.txt", $"resume {number}")
                    )
                ),
        ];
        run.Run(async () =>
        {
            await SyncAsync(run, client, inputs, scenario.Variant);
            await RemoveAsync(run, client);
            Read(run);

            run.Network.IsHonest = true;
            await run.Time.Delay((int)TimeSpan.FromDays(1).TotalMilliseconds);
            int errors = run.Recorder.Errors.Length;
            await SyncAsync(run, client, inputs, scenario.Variant);
            Read(run);
            foreach (LinkedInException error in run.Recorder.Errors.Skip(errors))
            {
                if (
                    error.Id
                    is LinkedInErrorId.LedgerCorrupt
                        or LinkedInErrorId.LedgerMismatch
                        or LinkedInErrorId.LedgerInUse
                        or LinkedInErrorId.LedgerNotFound
                )
                {
                    run.AddViolation($"a later run cannot read what was written: {error.Message}");
                }
            }
        });
        return run;
    }

    private static async Task SyncAsync(RobustnessFixture run, LinkedInClient client, ResumeInput[] inputs, int variant)
    {
        var recorder = new RecordingOutput { OnMessage = run.Repeat };
        await run.StepAsync(
            "Sync-CandidateResume",
            TimeSpan.FromHours(4),
            async () =>
            {
                using ResumeSync sync = client.CandidateResumes.CreateSync(
                    new ResumeSyncOptions
                    {
                        IntegrationContext = OrganizationUrn.Parse(ResumeSyncFixture.Organization),
                        Contract = RecruiterContractUrn.Parse(ResumeSyncFixture.Contract),
                        LedgerPath = run.Folder.File("ledger"),
                        BatchSize = variant % 2 == 0 ? 100 : 3,
                        ThrottleLimit = 2,
                        RetainFor = variant > 5 ? TimeSpan.FromHours(12) : null,
                    }
                );
                foreach (ResumeInput input in inputs)
                    sync.Add(input);
                await sync.SyncAsync(recorder, CancellationToken.None).RecordAsync(recorder);
            }
        );

        ResumeSyncResult[] results = [.. recorder.Outputs.OfType<ResumeSyncResult>()];
        if (results.Length != inputs.Length)
        {
            run.AddViolation(
                $"{inputs.Length} records were given, and {results.Length} results came: "
                    + $"{string.Join(", ", results.Select(result => result.ToString()))}"
            );
        }

        foreach (
            ResumeSyncResult result in results.Where(result =>
                result.Outcome == ResumeSyncOutcome.Synced && !HasProof(run, result)
            )
        )
        {
            run.AddViolation($"{result} with status {result.StatusCode}, and no answer said so");
        }
    }

    private static async Task RemoveAsync(RobustnessFixture run, LinkedInClient client)
    {
        var recorder = new RecordingOutput { OnMessage = run.Repeat };
        await run.StepAsync(
            "Remove-CandidateResume",
            TimeSpan.FromHours(1),
            () =>
                client
                    .CandidateResumes.RemoveAsync(
                        [ResumeSyncFixture.Key("C-1"), ResumeSyncFixture.Key("C-2")],
                        run.Folder.File("ledger"),
                        recorder,
                        CancellationToken.None
                    )
                    .RecordAsync(recorder)
        );
    }

    private static void Read(RobustnessFixture run)
    {
        try
        {
            run.Recorder.Output(CandidateResumeClient.ReadLedger(run.Folder.File("ledger"), run.Time.GetUtcNow()));
            foreach (
                ResumeSyncResult result in CandidateResumeClient.ReadResults(run.Folder.File("ledger"), CancellationToken.None)
            )
            {
                run.Recorder.Output(result);
            }
        }
        catch (LinkedInException failure)
        {
            run.AddViolation($"the ledger cannot be read: {failure.Message}");
        }
        catch (Exception exception)
        {
            run.AddViolation($"reading the ledger threw {exception}");
        }
    }

    /// <summary>Whether a response has only results of success for the record.</summary>
    private static bool HasProof(RobustnessFixture run, ResumeSyncResult result) =>
        run.Network.BatchResponses.Any(answer =>
        {
            if (answer.Status is < 200 or >= 300)
                return false;
            int good = 0,
                bad = 0;
            try
            {
                // Bytes that are not UTF-8 affect only their record, as in the product.
                using var json = JsonDocument.Parse(System.Text.Encoding.UTF8.GetString(Decoded(answer.Body)));
                foreach (
                    JsonProperty map in json
                        .RootElement.EnumerateObject()
                        .Where(map => NameOf(map) is "results" or "errors" && map.Value.ValueKind == JsonValueKind.Object)
                )
                {
                    foreach (JsonProperty entry in map.Value.EnumerateObject())
                    {
                        if (!NameOf(entry).Contains($"tcrmCandidateId={result.CandidateId}&", StringComparison.Ordinal))
                            continue;
                        bool isValid =
                            NameOf(map) == "results"
                            && entry.Value.TryGetProperty("status", out JsonElement status)
                            && status.ValueKind == JsonValueKind.Number
                            && status.TryGetInt32(out int number)
                            && number is >= 200 and < 300;
                        _ = isValid ? good++ : bad++;
                    }
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return false;
            }

            return good > 0 && bad == 0;
        });

    /// <summary>The name of an entry; empty if it has a lone surrogate.</summary>
    private static string NameOf(JsonProperty entry)
    {
        try
        {
            return entry.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static byte[] Decoded(byte[] body)
    {
        if (body is not [0x1f, 0x8b, ..])
            return body;
        using var decoder = new System.IO.Compression.GZipStream(
            new MemoryStream(body),
            System.IO.Compression.CompressionMode.Decompress
        );
        using var decoded = new MemoryStream();
        decoder.CopyTo(decoded);
        return decoded.ToArray();
    }
}
