using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>The plan of each record.</summary>
public sealed class PlannedResumeTests
{
    [Fact]
    public async Task PlanRecords_AnyRecord_HasActionOfSync()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] known = fixture.Inputs(4);
        await fixture.SyncAsync(known[..3]);
        int requests = fixture.Emulator.Requests.Count;
        byte[] ledger = await File.ReadAllBytesAsync(Path.Combine(fixture.Ledger, "resume-sync.ledger"));
        string missing = fixture.Folder.File("nowhere.txt");

        RecordingOutput plan = await PlanAsync(
            fixture,
            [
                known[0],
                known[1] with
                {
                    CreatedAt = ResumeSyncFixture.CreatedAt + 1,
                },
                known[3],
                ResumeSyncFixture.Input("D", known[0].Path!),
                ResumeSyncFixture.Input("D", known[0].Path!),
                ResumeSyncFixture.Input("M", missing),
                ResumeSyncFixture.Input("T", known[0].Path!) with
                {
                    CreatedAt = "soon",
                },
            ],
            fixture.Options() with
            {
                MaxRemovals = 1,
            }
        );
        Assert.Equal(
            [
                ("C-1", PlannedResumeAction.None, null, known[0].Path),
                ("C-2", PlannedResumeAction.Update, null, known[1].Path),
                ("C-3", PlannedResumeAction.Remove, null, null),
                ("C-4", PlannedResumeAction.Upload, null, known[3].Path),
                ("D", PlannedResumeAction.Upload, null, known[0].Path),
                ("D", PlannedResumeAction.Reject, ResumeSyncReason.Superseded, known[0].Path),
                ("M", PlannedResumeAction.Reject, ResumeSyncReason.Missing, missing),
                ("T", PlannedResumeAction.Reject, ResumeSyncReason.InvalidDate, known[0].Path),
            ],
            plan.Outputs.Cast<PlannedResume>()
                .Select(record => (record.CandidateId, record.Action, record.ReasonId, record.Path))
                .Order()
        );
        Assert.All(
            plan.Outputs.Cast<PlannedResume>(),
            record => Assert.Equal(record.Action == PlannedResumeAction.Reject, record.Reason is not null)
        );
        Assert.Empty(plan.Errors);
        Assert.Equal(requests, fixture.Emulator.Requests.Count);
        Assert.Equal(ledger, await File.ReadAllBytesAsync(Path.Combine(fixture.Ledger, "resume-sync.ledger")));
    }

    [Fact]
    public async Task PlanRecords_TooManyMissing_WritesError()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] known = fixture.Inputs(3);
        await fixture.SyncAsync(known);
        RecordingOutput plan = await PlanAsync(fixture, known[..1], fixture.Options() with { MaxRemovals = 1 });
        Assert.Equal(PlannedResumeAction.None, Assert.Single(plan.Outputs.Cast<PlannedResume>()).Action);
        Assert.Equal(LinkedInErrorId.RemovalLimitExceeded, Assert.Single(plan.Errors).Id);
    }

    private static async Task<RecordingOutput> PlanAsync(
        ResumeSyncFixture fixture,
        IEnumerable<ResumeInput> inputs,
        ResumeSyncOptions options
    )
    {
        var output = new RecordingOutput();
        using ResumeSync planner = fixture.Client.CandidateResumes.CreatePlan(options);
        foreach (ResumeInput input in inputs)
            planner.Add(input);
        await planner.PlanRecordsAsync(output, CancellationToken.None).RecordAsync(output);
        return output;
    }
}
