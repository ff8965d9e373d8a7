using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Records that are rejected before a request is sent.</summary>
public sealed class ResumePreparerTests
{
    [Fact]
    public async Task SyncAsync_InvalidRecords_AreRejectedWithReason()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string path = fixture.Write("1.txt");
        (ResumeInput Input, string Reason)[] bad =
        [
            (
                new ResumeInput
                {
                    CandidateId = null,
                    ResumeId = "a",
                    CreatedAt = ResumeSyncFixture.CreatedAt,
                    Path = path,
                },
                "CandidateId is empty"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "a",
                    ResumeId = " ",
                    CreatedAt = ResumeSyncFixture.CreatedAt,
                    Path = path,
                },
                "ResumeId is empty"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "b\n",
                    ResumeId = "b",
                    CreatedAt = ResumeSyncFixture.CreatedAt,
                    Path = path,
                },
                "control character"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "c",
                    ResumeId = "c",
                    CreatedAt = null,
                    Path = path,
                },
                "CreatedAt is empty"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "d",
                    ResumeId = "d",
                    CreatedAt = "03/04/2022",
                    Path = path,
                },
                "ambiguous or not a time"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "e",
                    ResumeId = "e",
                    CreatedAt = 1.5,
                    Path = path,
                },
                "not a time"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "f",
                    ResumeId = "f",
                    CreatedAt = -1,
                    Path = path,
                },
                "before 1970"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "g",
                    ResumeId = "g",
                    CreatedAt = long.MaxValue,
                    Path = path,
                },
                "out of range"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "h",
                    ResumeId = "h",
                    CreatedAt = new DateTime(1960, 1, 1, 0, 0, 0, DateTimeKind.Utc),
                    Path = path,
                },
                "before 1970"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "i",
                    ResumeId = "i",
                    CreatedAt = ResumeSyncFixture.CreatedAt,
                },
                "neither a Path nor a ResumeFile"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "j",
                    ResumeId = "j",
                    CreatedAt = ResumeSyncFixture.CreatedAt,
                    Path = path,
                    ResumeFile = "urn:li:ambryBlob:/a",
                },
                "both"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "k",
                    ResumeId = "k",
                    CreatedAt = ResumeSyncFixture.CreatedAt,
                    ResumeFile = "/AAYexample.txt",
                },
                "not have the form urn:li:ambryBlob:/"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "l",
                    ResumeId = "l",
                    CreatedAt = ResumeSyncFixture.CreatedAt,
                    ResumeFile = "urn:li:ambryBlob:/",
                },
                "not have the form"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "m",
                    ResumeId = "m",
                    CreatedAt = ResumeSyncFixture.CreatedAt,
                    Path = fixture.Folder.File("nowhere.txt"),
                },
                "does not exist"
            ),
            (
                new ResumeInput
                {
                    CandidateId = "n",
                    ResumeId = "n",
                    CreatedAt = ResumeSyncFixture.CreatedAt,
                    Path = fixture.Folder.Path,
                },
                "is a folder"
            ),
        ];
        RecordingOutput recorder;
        using (ResumeSync sync = fixture.Client.CandidateResumes.CreateSync(fixture.Options()))
        {
            foreach ((ResumeInput input, _) in bad)
                sync.Add(input);
            recorder = new RecordingOutput();
            await sync.SyncAsync(recorder, CancellationToken.None).RecordAsync(recorder);
        }

        ResumeSyncResult[] results =
        [
            .. recorder
                .Outputs.Cast<ResumeSyncResult>()
                .OrderBy(result => Array.FindIndex(bad, one => (one.Input.ResumeId ?? "") == result.ResumeId)),
        ];
        Assert.Equal(bad.Length, results.Length);
        Assert.All(
            bad.Zip(results),
            pair =>
            {
                Assert.Equal(ResumeSyncOutcome.Rejected, pair.Second.Outcome);
                Assert.Contains(pair.First.Reason, pair.Second.Reason, StringComparison.Ordinal);
            }
        );
        Assert.Equal(bad.Length, recorder.Errors.Length);
        Assert.Empty(fixture.Emulator.Requests);
        Assert.Equal(
            (bad.Length, bad.Length, 0),
            (fixture.Status().InputCount, fixture.Status().Rejected, fixture.Status().Pending)
        );
    }
}
