using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Resumes;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>A sync that dies, at each step to the disk and around each request, and is run again.</summary>
public sealed class SyncCrashTests(ITestOutputHelper output)
{
    private const int Unchanged = 5;
    private const int New = 14;
    private const int Given = 3;
    private const int Bad = 3;
    private const int All = Unchanged + New + Given + Bad;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Cut_at_every_step_to_the_disk(int throttle)
    {
        await using ResumeBench bench = await StartAsync();
        var reach = new Reach();
        for (int cutAt = 1; ; cutAt++)
        {
            foreach (bool losesUnflushed in new[] { false, true })
            {
                var run = new DyingRun(bench, cutAt * 2 + (losesUnflushed ? 1 : 0), throttle);
                await run.PrepareAsync();
                var disk = new CutDisk { CutAt = cutAt };
                await run.DieAsync(disk, new MortalNetwork(disk));
                if (losesUnflushed)
                    disk.LoseWhatWasNotFlushed();
                await run.GoOnAsync(reach, losesUnflushed);
                reach.Steps = Math.Max(reach.Steps, disk.Steps);
            }

            // As many as there are, and with several workers a few more may be.
            if (reach.Steps < cutAt)
                break;
        }

        output.WriteLine($"{throttle} at a time: {reach}");
        Assert.InRange(reach.Steps, 40, 400);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cut_before_and_after_every_request(bool isAnswered)
    {
        await using ResumeBench bench = await StartAsync();
        var reach = new Reach();
        for (int cutAt = 1; ; cutAt++)
        {
            var run = new DyingRun(bench, cutAt, throttle: 1);
            await run.PrepareAsync();
            var disk = new CutDisk();
            var network = new MortalNetwork(disk) { CutAt = cutAt, IsAnswered = isAnswered };
            await run.DieAsync(disk, network);
            await run.GoOnAsync(reach, losesUnflushed: false);
            reach.Steps = Math.Max(reach.Steps, network.Requests);
            if (network.Requests < cutAt)
                break;
        }

        output.WriteLine($"{(isAnswered ? "after" : "before")} each request: {reach}");
        Assert.Equal((2 * New) + 2, reach.Steps);
    }

    private static Task<ResumeBench> StartAsync() => ResumeBench.StartAsync(new EmulatorOptions
    {
        LoggedRequests = 0,
        RecordsPerMinute = 1_000_000_000,
        RequestsPerDay = long.MaxValue,
    });

    /// <summary>What all runs together came to.</summary>
    private sealed class Reach
    {
        internal int Steps { get; set; }

        internal int Runs { get; set; }

        internal int Interrupted { get; set; }

        internal int UploadedAgain { get; set; }

        internal int WrittenAgain { get; set; }

        public override string ToString() =>
            $"{Runs} runs, {Steps} steps, {Interrupted} runs ended early; {UploadedAgain} files uploaded and {WrittenAgain} records written a second time";
    }

    /// <summary>One organization with a ledger of its own.</summary>
    private sealed class DyingRun
    {
        private readonly ResumeBench _bench;
        private readonly ResumeSyncOptions _options;
        private readonly ResumeInput[] _inputs;
        private readonly string _organization;
        private bool _hasDied;
        private int _requests;
        private int _uploads;

        internal DyingRun(ResumeBench bench, int number, int throttle)
        {
            _bench = bench;
            _organization = $"urn:li:organization:{number}";
            _options = bench.Options(batchSize: 10, throttle: throttle, ledger: bench.Folder.File($"ledger-{number}"), organization: _organization);
            string blob = bench.AddBlob("/AAYgiven.txt");
            _inputs =
            [
                .. bench.Inputs(Unchanged + New),
                .. Enumerable.Range(1, Given).Select(given => ResumeBench.Uploaded($"G-{given}", blob)),
                ResumeBench.Input("B-1", bench.Folder.Write("bad.docx", "PK")),
                ResumeBench.Input("B-2", bench.Folder.File("nowhere.pdf")),
                ResumeBench.Uploaded("B-3", blob, createdAt: 1670935153),
            ];
        }

        internal async Task PrepareAsync()
        {
            var network = new MortalNetwork(new CutDisk());
            Assert.All(
                await RunAsync(_bench.Connect(network: network), _inputs[..Unchanged]), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
            (_requests, _uploads) = (network.Requests, network.Uploads);
        }

        internal async Task DieAsync(FileSystem disk, MortalNetwork network)
        {
            try
            {
                await RunAsync(_bench.Connect(files: disk, network: network), _inputs);
            }
            catch (Exception exception) when (exception is LinkedInException or IOException)
            {
                _hasDied = true;
            }

            _requests += network.Requests;
            _uploads += network.Uploads;
        }

        /// <summary>Runs it again, and once more; looks at all that there is afterwards.</summary>
        internal async Task GoOnAsync(Reach reach, bool losesUnflushed)
        {
            var network = new MortalNetwork(new CutDisk());
            ResumeSyncResult[] results = await RunAsync(_bench.Connect(network: network), _inputs);
            Assert.Equal(All, results.Length);
            Assert.Equal(_inputs.Select(input => input.CandidateId).Order(), results.Select(result => result.CandidateId).Order());
            Assert.All(results, result => Assert.True(
                result.CandidateId.StartsWith("B-", StringComparison.Ordinal)
                    ? result.Outcome == ResumeSyncOutcome.Rejected
                    : result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Unchanged,
                $"{result} {result.Reason}"));

            CandidateResumeSync status = CandidateResumes.ReadLedger(_options.LedgerPath!, DateTimeOffset.UtcNow);
            Assert.Equal((All, 0, 0, Bad), (status.Input, status.Pending, status.Failed, status.Rejected));
            Assert.Equal(
                (results.Count(result => result.Outcome == ResumeSyncOutcome.Synced), results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged)),
                (status.Synced, status.Unchanged));
            Assert.Equal((All - Bad, 0), (status.InSync, status.UploadedOnly));

            _requests += network.Requests;
            _uploads += network.Uploads;
            Assert.InRange(status.RequestsToday, _requests, _requests + 100);

            EmulatedResume[] resumes = [.. _bench.Emulator.Resumes.Where(resume => resume.IntegrationContext == _organization)];
            Assert.Equal(All - Bad, resumes.Length);
            foreach (EmulatedResume resume in resumes)
            {
                ResumeInput input = _inputs.Single(one => one.CandidateId == resume.CandidateId);
                Assert.Equal((input.ResumeId, ResumeBench.CreatedAt), (resume.ResumeId, resume.CreatedAt));
                Assert.Equal(
                    input.Path is null ? "/AAYgiven.txt" : Path.GetFileName(input.Path), input.Path is null ? resume.File.Location : resume.File.FileName);
                Assert.InRange(resume.TimesWritten, 1, 2);
            }

            // Killed, it forgets the files that were under way; cut off from power, those since the last batch too. Of records it
            // forgets one batch at most.
            int again = _uploads - Unchanged - New;
            Assert.InRange(again, 0, losesUnflushed ? Unchanged + New : _options.ThrottleLimit);
            int written = resumes.Count(resume => resume.TimesWritten > 1);
            Assert.InRange(written, 0, _options.BatchSize);

            network = new MortalNetwork(new CutDisk());
            results = await RunAsync(_bench.Connect(network: network), _inputs);
            Assert.Equal(0, network.Requests);
            Assert.Equal(All - Bad, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));

            reach.Runs++;
            reach.Interrupted += _hasDied ? 1 : 0;
            reach.UploadedAgain += again;
            reach.WrittenAgain += written;
        }

        private async Task<ResumeSyncResult[]> RunAsync(LinkedInClient client, ResumeInput[] inputs)
        {
            using (client)
                return await _bench.SyncAsync(inputs, _options, client);
        }
    }

    /// <summary>A network that goes with the disk: what the process has sent by then arrives, and nothing else.</summary>
    private sealed class MortalNetwork(CutDisk disk)
        : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        private int _requests;
        private int _uploads;

        /// <summary>The number of the request that the process dies with, from 1.</summary>
        internal int CutAt { get; init; } = int.MaxValue;

        /// <summary>Whether that request arrives.</summary>
        internal bool IsAnswered { get; init; }

        /// <summary>Requests that arrived.</summary>
        internal int Requests => _requests;

        internal int Uploads => _uploads;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (disk.IsCut)
                throw new HttpRequestException("The network is gone.");
            bool isLast = Interlocked.Increment(ref _requests) == CutAt;
            if (isLast && !IsAnswered)
            {
                disk.Cut();
                throw new HttpRequestException("The network is gone.");
            }

            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.StartsWith("/ambry", StringComparison.Ordinal))
                Interlocked.Increment(ref _uploads);
            if (isLast)
                disk.Cut();
            return disk.IsCut ? throw new HttpRequestException("The network is gone.") : response;
        }
    }
}
