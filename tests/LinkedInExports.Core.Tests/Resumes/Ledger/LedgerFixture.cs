using System.Text;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>A ledger without a sync.</summary>
internal sealed class LedgerFixture : IDisposable
{
    internal const string Api = "api.linkedin.com";

    private readonly TempFolder _temp = new();

    internal LedgerFixture() => Folder = _temp.File("ledger");

    internal FakeTimeProvider Time { get; } = new();

    internal string Folder { get; }

    internal string Path => System.IO.Path.Combine(Folder, ResumeLedger.FileName);

    internal byte[] Bytes
    {
        get => File.ReadAllBytes(Path);
        set => File.WriteAllBytes(Path, value);
    }

    internal string[] Lines => File.ReadAllLines(Path);

    /// <summary>Deletes the head file, as after a crash before the first flush.</summary>
    internal void DeleteHead() => File.Delete(System.IO.Path.Combine(Folder, LedgerHead.FileName));

    internal ResumeLedger Open(FileSystem? files = null, string api = Api, int indexInterval = int.MaxValue) =>
        ResumeLedger.Open(files ?? FileSystem.Real, Folder, api, Time, indexInterval);

    internal static ResumeKey Key(int number) => new(ResumeSyncFixture.Organization, $"C-{number}", $"R-{number}");

    internal LedgerEntry Uploaded(int number, string file = "a") =>
        new()
        {
            Type = LedgerEntryType.Uploaded,
            IntegrationContext = ResumeSyncFixture.Organization,
            CandidateId = $"C-{number}",
            ResumeId = $"R-{number}",
            Sha256 = new string('0', 64),
            ResumeFile = $"urn:li:ambryBlob:/{file}{number}.txt",
            UploadedAt = Time.GetUtcNow().ToUnixTimeMilliseconds(),
        };

    internal LedgerEntry Synced(int number, string file = "a", long createdAt = ResumeSyncFixture.CreatedAt) =>
        new()
        {
            Type = LedgerEntryType.Synced,
            IntegrationContext = ResumeSyncFixture.Organization,
            CandidateId = $"C-{number}",
            ResumeId = $"R-{number}",
            Sha256 = new string('0', 64),
            ResumeFile = $"urn:li:ambryBlob:/{file}{number}.txt",
            UploadedAt = Time.GetUtcNow().ToUnixTimeMilliseconds(),
            CreatedAt = createdAt,
            Status = 204,
        };

    internal static LedgerEntry Removed(int number) => LedgerEntry.ForRecord(LedgerEntryType.Removed, Key(number));

    /// <summary>Opening and reading report the damage and leave the files unchanged.</summary>
    internal void AssertDamaged()
    {
        byte[] before = Bytes;
        LinkedInException error = Assert.Throws<LinkedInException>(() => Open());
        Assert.Equal((LinkedInErrorId.LedgerCorrupt, Path), (error.Id, error.Target));
        Assert.Equal(
            LinkedInErrorId.LedgerCorrupt,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadLedger(Folder, Time.GetUtcNow())).Id
        );
        Assert.Equal(
            LinkedInErrorId.LedgerCorrupt,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadResults(Folder, default).Count()).Id
        );
        Assert.Equal(before, Bytes);
    }

    /// <summary>The state of a ledger as text.</summary>
    internal string Knowledge(ResumeLedger ledger, int records)
    {
        var text = new List<string>();
        LedgerState state = ledger.State;
        text.Add($"{state.InSync} in sync, {state.UploadedNotLinked} uploaded");
        text.Add(
            $"run: {state.Run.StartedAt} {state.Run.Input} {state.Run.Synced} {state.Run.Unchanged} {state.Run.Failed} "
                + $"{state.Run.Rejected}"
        );
        foreach (LedgerEntry day in state.Days)
            text.Add($"day {day.Day}: {day.Count} of {day.Limit}");
        long now = Time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach ((long? answeredAt, int count) in state.Batches.Where(batch => !(now - batch.AnsweredAt > 60_000)))
            text.Add($"batch of {count}: {answeredAt}");
        for (int number = 1; number <= records; number++)
            text.Add(ledger.Find(Key(number)) is { } line ? Encoding.UTF8.GetString(Untimed(line).ToJson()) : "none");
        ledger.Flush();
        text.AddRange(
            CandidateResumeClient
                .ReadResults(Folder, CancellationToken.None)
                .Select(result =>
                    $"{result.CandidateId}, {result.ResumeId}: {result.Outcome} {result.StatusCode} {result.ReasonId} "
                    + $"{result.Reason} {result.CompletedAt:O}"
                )
                .Order(StringComparer.Ordinal)
        );
        return string.Join('\n', text);
    }

    public void Dispose() => _temp.Dispose();

    private static LedgerEntry Untimed(LedgerEntry line)
    {
        line.At = 0;
        return line;
    }
}
