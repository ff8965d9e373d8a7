using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Resumes;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>A sync that ends at one of its steps and is repeated.</summary>
public sealed class SyncCrashTests(ITestOutputHelper output)
{
    private const int Unchanged = 5;
    private const int New = 14;
    private const int Given = 3;
    private const int Bad = 3;
    private const int All = Unchanged + New + Given + Bad;

    /// <summary>Each step if the process is killed, and a sample of the steps for the two kinds of power failures.</summary>
    [Theory]
    [InlineData(Loss.Process, 1, 1, 1)]
    [InlineData(Loss.Process, 4, 5, 1)]
    [InlineData(Loss.Power, 1, 5, 1)]
    [InlineData(Loss.PowerHalf, 4, 5, 1)]
    public async Task SyncAsync_CrashAtAnyStep_NextRunCompletes(Loss loss, int throttle, int sample, int full)
    {
        await using ResumeSyncFixture fixture = await StartAsync();
        var reach = new Reach();
        int stride = ExhaustiveTests.GetRunCount(sample, full);
        for (int step = 1; ; step += stride)
        {
            using var cut = new CrashPoint(step);
            var run = new DyingRun(fixture, step, throttle, loss);
            await run.PrepareAsync();
            await run.DieAsync(cut);
            await run.GoOnAsync(reach);
            if (!cut.HasHappened)
                break;
            reach.Steps = step;
        }

        output.WriteLine($"{All} records, {throttle} at a time, {loss}: {reach}");
        Assert.InRange(reach.Steps, 200, 1000);
    }

    [Fact]
    public async Task SyncAsync_FlushOmitted_CrashLosesData()
    {
        await using ResumeSyncFixture fixture = await StartAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            for (int step = 100; step < 330; step += 10)
            {
                using var cut = new CrashPoint(step);
                var run = new DyingRun(fixture, step, throttle: 1, Loss.Power) { ForgetsFiles = true };
                await run.PrepareAsync();
                await run.DieAsync(cut);
                await run.GoOnAsync(new Reach());
            }
        });
    }

    private static Task<ResumeSyncFixture> StartAsync() =>
        ResumeSyncFixture.StartAsync(
            new EmulatorOptions
            {
                LoggedRequests = 0,
                RecordsPerMinute = 1_000_000_000,
                RequestsPerDay = long.MaxValue,
            }
        );

    /// <summary>The totals of all runs.</summary>
    private sealed class Reach
    {
        internal int Steps { get; set; }

        internal int Runs { get; set; }

        internal int Interrupted { get; set; }

        internal int UploadedAgain { get; set; }

        internal int WrittenAgain { get; set; }

        public override string ToString() =>
            $"{Runs} runs, {Steps} steps, {Interrupted} runs ended early; {UploadedAgain} files uploaded and {WrittenAgain} "
            + "records written a second time";
    }

    /// <summary>One organization with its ledger.</summary>
    private sealed class DyingRun
    {
        private readonly ResumeSyncFixture _fixture;
        private readonly ResumeSyncOptions _options;
        private readonly ResumeInput[] _inputs;
        private readonly string _organization;
        private readonly Loss _loss;
        private bool _hasDied;
        private int _requests;
        private int _uploads;

        internal DyingRun(ResumeSyncFixture fixture, int number, int throttle, Loss loss)
        {
            _fixture = fixture;
            _loss = loss;
            _organization = $"urn:li:organization:{number}";
            _options = fixture.Options(
                batchSize: 10,
                throttle: throttle,
                ledger: fixture.Folder.File($"ledger-{number}"),
                organization: _organization
            );
            string blob = fixture.AddBlob("/AAYgiven.txt");
            _inputs =
            [
                .. fixture.Inputs(Unchanged + New),
                .. Enumerable.Range(1, Given).Select(given => ResumeSyncFixture.Uploaded($"G-{given}", blob)),
                ResumeSyncFixture.Input("B-1", fixture.Folder.Write("bad.docx", "PK")),
                ResumeSyncFixture.Input("B-2", fixture.Folder.File("nowhere.pdf")),
                ResumeSyncFixture.Uploaded("B-3", blob, createdAt: 1670935153),
            ];
        }

        /// <summary>Simulates a ledger that is never flushed, to prove that the test detects it.</summary>
        internal bool ForgetsFiles { get; init; }

        internal async Task PrepareAsync()
        {
            using CountingNetwork network = Real();
            Assert.All(
                await RunAsync(_fixture.Connect(network: network), _inputs[..Unchanged]),
                result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome)
            );
            (_requests, _uploads) = (network.Requests, network.Uploads);
        }

        internal async Task DieAsync(CrashPoint cut)
        {
            var files = new CrashingFileSystem(cut, _loss) { LosesUnflushedFiles = ForgetsFiles };

            // Sent requests arrive and are counted, even if the process doesn't get the response.
            using var network = new CountingNetwork(new CrashingHandler(cut));
            await cut.RunAsync(() => RunAsync(_fixture.Connect(files: files, network: network), _inputs, cut.Token));
            files.ApplyLoss();
            _hasDied = cut.HasHappened;
            _requests += network.Requests;
            _uploads += network.Uploads;
        }

        /// <summary>Runs the sync twice more and checks the results.</summary>
        internal async Task GoOnAsync(Reach reach)
        {
            using CountingNetwork network = Real();
            ResumeSyncResult[] results = await RunAsync(_fixture.Connect(network: network), _inputs);
            Assert.Equal(All, results.Length);
            Assert.Equal(
                _inputs.Select(input => input.CandidateId).Order(),
                results.Select(result => result.CandidateId).Order()
            );
            Assert.All(
                results,
                result =>
                    Assert.True(
                        result.CandidateId.StartsWith("B-", StringComparison.Ordinal)
                            ? result.Outcome == ResumeSyncOutcome.Rejected
                            : result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Unchanged,
                        $"{result} {result.Reason}"
                    )
            );

            CandidateResumeSync status = CandidateResumeClient.ReadLedger(_options.LedgerPath!, DateTimeOffset.UtcNow);
            Assert.Equal((All, 0, 0, Bad), (status.InputCount, status.Pending, status.Failed, status.Rejected));
            Assert.Equal(
                (
                    results.Count(result => result.Outcome == ResumeSyncOutcome.Synced),
                    results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged)
                ),
                (status.Synced, status.Unchanged)
            );
            Assert.Equal((All - Bad, 0), (status.InSync, status.UploadedNotLinked));

            _requests += network.Requests;
            _uploads += network.Uploads;
            // The request before which it ended is counted here.
            Assert.InRange(status.RequestsToday, _requests - (_hasDied ? 1 : 0), _requests + 100);

            EmulatedResume[] resumes = [.. _fixture.Emulator.Resumes.Where(resume => resume.IntegrationContext == _organization)];
            Assert.Equal(All - Bad, resumes.Length);
            foreach (EmulatedResume resume in resumes)
            {
                ResumeInput input = _inputs.Single(one => one.CandidateId == resume.CandidateId);
                Assert.Equal((input.ResumeId, ResumeSyncFixture.CreatedAt), (resume.ResumeId, resume.CreatedAt));
                Assert.Equal(
                    input.Path is null ? "/AAYgiven.txt" : Path.GetFileName(input.Path),
                    input.Path is null ? resume.File.Location : resume.File.FileName
                );
                Assert.InRange(resume.TimesWritten, 1, 2);
            }

            // If killed, the process loses the uploads in progress; after a power failure, also those since the last batch.
            // It loses the records of one batch at most.
            int again = _uploads - Unchanged - New;
            Assert.InRange(again, 0, _loss == Loss.Process ? _options.ThrottleLimit : New);
            int written = resumes.Count(resume => resume.TimesWritten > 1);
            Assert.InRange(written, 0, _options.BatchSize);

            using CountingNetwork last = Real();
            results = await RunAsync(_fixture.Connect(network: last), _inputs);
            Assert.Equal(0, last.Requests);
            Assert.Equal(All - Bad, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));

            reach.Runs++;
            reach.Interrupted += _hasDied ? 1 : 0;
            reach.UploadedAgain += again;
            reach.WrittenAgain += written;
        }

        private async Task<ResumeSyncResult[]> RunAsync(
            LinkedInClient client,
            ResumeInput[] inputs,
            CancellationToken cancellationToken = default
        )
        {
            using (client)
                return await _fixture.SyncAsync(inputs, _options, client, cancellationToken);
        }

        private static CountingNetwork Real() =>
            new(
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseProxy = false,
                    UseCookies = false,
                }
            );
    }

    /// <summary>Counts the requests that arrive.</summary>
    private sealed class CountingNetwork(HttpMessageHandler network) : DelegatingHandler(network)
    {
        private int _requests;
        private int _uploads;

        internal int Requests => _requests;

        internal int Uploads => _uploads;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Interlocked.Increment(ref _requests);
            if (request.RequestUri!.AbsolutePath.StartsWith("/ambry", StringComparison.Ordinal))
                Interlocked.Increment(ref _uploads);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
