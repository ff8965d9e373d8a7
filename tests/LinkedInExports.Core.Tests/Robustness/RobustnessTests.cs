using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.Tests.Support;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>
/// With any responses, the commands end in time with results or with errors of the module, output no secret and no control
/// character, and count no incomplete export or resume as done.
/// </summary>
/// <remarks>
/// A failure shows the simplest scenario that was found, and the seed. To run it again:
/// <c>LINKEDINEXPORTS_SEED=…,… dotnet test --filter Robustness</c>.
/// </remarks>
[Collection(nameof(Alone))]
public sealed class RobustnessTests(ITestOutputHelper output)
{
    [Fact]
    public Task Validation_AnyResponses_HasNoViolations() =>
        CheckAsync(ExportPipelines.Validation, Endpoint.CreateJob, Endpoint.JobStatus, Endpoint.Download);

    [Fact]
    public Task Analytics_AnyResponses_HasNoViolations() =>
        CheckAsync(ExportPipelines.Analytics, Endpoint.CreateJob, Endpoint.JobStatus, Endpoint.Download);

    [Fact]
    public Task Contracts_AnyResponses_HasNoViolations() => CheckAsync(ExportPipelines.Contracts, Endpoint.Contracts);

    [Fact]
    public Task Resumes_AnyResponses_HasNoViolations() =>
        CheckAsync(ResumePipeline.Run, Endpoint.MediaUrl, Endpoint.Upload, Endpoint.UpdateResumes, Endpoint.DeleteResumes);

    [Fact]
    public Task SignIn_AnyResponses_HasNoViolations() =>
        CheckAsync(SignInPipeline.Run, Endpoint.Token, Endpoint.Introspection, Endpoint.Contracts);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task AnyPipeline_HonestResponses_Succeeds(int variant)
    {
        var honest = new Scenario(variant, []);
        foreach (
            Func<Scenario, RobustnessFixture> pipeline in new[]
            {
                ExportPipelines.Validation,
                ExportPipelines.Analytics,
                ExportPipelines.Contracts,
                ResumePipeline.Run,
                SignInPipeline.Run,
            }
        )
        {
            using RobustnessFixture run = await OnOwnThreadAsync(() => pipeline(honest));
            Assert.Empty(run.Violations);
            Assert.Empty(run.Recorder.Errors);
            Assert.NotEmpty(run.Recorder.Outputs);
        }
    }

    private async Task CheckAsync(Func<Scenario, RobustnessFixture> pipeline, params Endpoint[] endpoints)
    {
        int runs = ExhaustiveTests.GetRunCount(sample: 120, full: 10_000);
        Dictionary<Endpoint, int> changed = [];
        Config config = Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(100);
        if (Seed() is { } seed)
            config = config.WithReplay(seed.Seed, seed.Gamma);
        await OnOwnThreadAsync(() =>
        {
            Prop.ForAll(
                    Scenarios.For(endpoints),
                    scenario =>
                    {
                        using RobustnessFixture run = pipeline(scenario);
                        foreach ((Endpoint endpoint, int count) in run.Network.Changed)
                            changed[endpoint] = changed.GetValueOrDefault(endpoint) + count;
                        return run.Violations.Count == 0
                            ? true
                            : throw new InvalidOperationException(string.Join("\n", run.Violations));
                    }
                )
                .Check(config);
            return 0;
        });
        output.WriteLine(
            $"{runs} runs; changed answers: "
                + $"{string.Join(", ", changed.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))}"
        );
    }

    private static (ulong Seed, ulong Gamma)? Seed() =>
        Environment.GetEnvironmentVariable("LINKEDINEXPORTS_SEED")?.Split(',') is [var seed, var gamma]
            ? (ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture))
            : null;

    /// <summary>Runs outside the thread pool, because simulated time waits until the pool is idle.</summary>
    private static Task<T> OnOwnThreadAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        {
            IsBackground = true,
        }.Start();
        return done.Task;
    }
}
