using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>The state that follows from the lines of a ledger.</summary>
public sealed class LedgerStateTests
{
    private const long Today = 20_518; // 2026-03-06
    private const long Noon = ((Today * 24) + 12) * 3_600_000;

    private readonly LedgerState _state = new();
    private long _lines;

    [Fact]
    public void Apply_SeveralLinesOfRecord_FindsNewest()
    {
        Apply(LedgerEntryType.Uploaded);
        Apply(LedgerEntryType.Failed, "other");
        Assert.Equal((0, 1), (_state.InSync, _state.UploadedNotLinked));
        Apply(LedgerEntryType.Synced);
        Apply(LedgerEntryType.Synced);
        Assert.Equal((1, 0), (_state.InSync, _state.UploadedNotLinked));
        Assert.Equal(
            new RecordEntry(4, 0, LedgerEntryType.Synced),
            _state.Find(KeyHash.Compute(Line(LedgerEntryType.Synced).Key))
        );
        Assert.Null(_state.FindNewest(Line(LedgerEntryType.Synced), 3));
        Assert.NotNull(_state.FindNewest(Line(LedgerEntryType.Synced), 4));
        Assert.Null(_state.FindNewest(Line(LedgerEntryType.Synced, "other"), 2));

        Apply(LedgerEntryType.Removed);
        Apply(LedgerEntryType.Removed);
        Assert.Equal((0, 0), (_state.InSync, _state.UploadedNotLinked));
        Assert.Null(_state.Find(KeyHash.Compute(Line(LedgerEntryType.Synced).Key)));
        Assert.Equal((6, 1), (_state.EntryCount, _state.LiveEntries));
    }

    [Fact]
    public void Apply_Touched_IsNewestEntryOfRecordInSync()
    {
        Apply(LedgerEntryType.Synced);
        Apply(LedgerEntryType.Uploaded, "other");
        Apply(LedgerEntryType.Touched);
        Assert.Equal((1, 1, 1), (_state.InSync, _state.UploadedNotLinked, _state.Run.Synced));
        Assert.Null(_state.FindNewest(Line(LedgerEntryType.Synced), 1));
        Assert.NotNull(_state.FindNewest(Line(LedgerEntryType.Touched), 3));
        Apply(LedgerEntryType.Removing);
        Assert.Equal(0, _state.InSync);
        Apply(LedgerEntryType.NotRemoved);
        Assert.Equal(1, _state.InSync);
    }

    [Fact]
    public void IsInSync_SameCreationTimeAndFile_UntilRecordChanges()
    {
        LedgerEntry synced = Line(LedgerEntryType.Synced) with { Sha256 = "ab", CreatedAt = 5, File = Stamp(7) };
        var key = KeyHash.Compute(synced.Key);
        var content = ContentHash.Compute(5, Stamp(7));
        Assert.False(_state.IsInSync(key, content));
        Apply(synced with { Type = LedgerEntryType.Uploaded });
        Assert.False(_state.IsInSync(key, content));

        Apply(synced);
        Assert.True(_state.IsInSync(key, content));
        Assert.False(_state.IsInSync(KeyHash.Compute(synced.Key with { ResumeId = "other" }), content));
        Assert.False(_state.IsInSync(key, ContentHash.Compute(6, Stamp(7))));
        Assert.False(_state.IsInSync(key, ContentHash.Compute(5, Stamp(8))));
        Assert.False(_state.IsInSync(key, ContentHash.Compute(5, Stamp(7) with { ModifiedAt = 2 })));
        Assert.False(_state.IsInSync(key, ContentHash.Compute(5, Stamp(7) with { PathHash = "other" })));

        Apply(LedgerEntryType.Removing);
        Assert.False(_state.IsInSync(key, content));
        Apply(LedgerEntryType.NotRemoved);
        Assert.True(_state.IsInSync(key, content));
        Apply(synced with { Type = LedgerEntryType.Touched, File = Stamp(8) });
        Assert.False(_state.IsInSync(key, content));
        Assert.True(_state.IsInSync(key, ContentHash.Compute(5, Stamp(8))));
        Apply(LedgerEntryType.Removed);
        Assert.False(_state.IsInSync(key, ContentHash.Compute(5, Stamp(8))));
    }

    [Fact]
    public void IsInSync_UnknownFile_IsAlwaysFalse()
    {
        LedgerEntry synced = Line(LedgerEntryType.Synced) with { Sha256 = "ab", CreatedAt = 5 };
        var key = KeyHash.Compute(synced.Key);
        Apply(synced);
        Assert.False(_state.IsInSync(key, ContentHash.Compute(5, file: null)));
        Apply(synced with { Sha256 = null, File = Stamp(7) });
        Assert.False(_state.IsInSync(key, ContentHash.Compute(5, Stamp(7))));
    }

    [Fact]
    public void Apply_Failure_CountsUntilCompletedOrNextRun()
    {
        foreach (string candidate in new[] { "settled", "removed", "left" })
            Apply(LedgerEntryType.Failed, candidate);
        Apply(LedgerEntryType.Rejected, "rejected");
        Apply(LedgerEntryType.Failed, "left");
        Apply(LedgerEntryType.Synced, "settled");
        Apply(LedgerEntryType.Removed, "removed");
        Assert.Equal((1, 1), (_state.CountFailures(LedgerEntryType.Failed), _state.CountFailures(LedgerEntryType.Rejected)));
        Assert.False(_state.IsFailure(Line(LedgerEntryType.Failed, "left"), 3));
        Assert.True(_state.IsFailure(Line(LedgerEntryType.Failed, "left"), 5));
        Assert.Equal((4, 1, 1), (_state.Run.Failed, _state.Run.Rejected, _state.Run.Synced));

        Apply(new LedgerEntry { Type = LedgerEntryType.Run });
        Assert.False(_state.IsFailure(Line(LedgerEntryType.Failed, "left"), 5));
        Assert.Equal((0, 0, 1), (_state.Run.Failed, _state.Run.Synced, _state.LiveEntries));
    }

    [Fact]
    public void Batches_ExactlyOneMinuteOld_AreIncluded()
    {
        foreach (int milliseconds in new[] { 0, 30_000, 60_000 })
            Apply(Batch(isAnswered: true, milliseconds));
        Assert.Equal([Noon, Noon + 30_000, Noon + 60_000], _state.Batches.Select(batch => batch.AnsweredAt));
        Apply(Batch(isAnswered: true, 60_001));
        Assert.Equal([Noon + 30_000, Noon + 60_000, Noon + 60_001], _state.Batches.Select(batch => batch.AnsweredAt));
    }

    [Fact]
    public void Batches_WithoutAnswer_ArePending()
    {
        Apply(Batch(isAnswered: true, 0));
        Apply(Batch(isAnswered: false, 1));
        Assert.Equal([(Noon, 7), (null, 7)], _state.Batches);
        Apply(Batch(isAnswered: true, 2));
        Assert.Equal([(Noon, 7), (Noon + 2, 7)], _state.Batches);
    }

    [Fact]
    public void Days_MoreThanFour_KeepsNewestCounts()
    {
        for (int number = 1; number <= 5; number++)
            Apply(Requests(number, 10 * number));
        Apply(Requests(3, 31));
        Assert.Equal([(2, 20), (4, 40), (5, 50), (3, 31)], _state.Days.Select(line => (line.Day, line.Count)));
    }

    [Theory]
    [InlineData(97, false)]
    [InlineData(98, true)]
    public void ToSync_TooFewRequestsLeft_NextRunIsTomorrow(int count, bool isOver)
    {
        Apply(Requests(Today, count));
        Apply(Requests(Today - 1, 100));
        CandidateResumeSync status = _state.ToSync("folder", DateTimeOffset.FromUnixTimeMilliseconds(Noon));
        Assert.Equal((count, 100), (status.RequestsToday, status.RequestsPerDay));
        Assert.Equal(isOver ? ServerClock.GetStartOfDay(Today + 1) : null, status.NextRunAt);
    }

    [Fact]
    public void ToSync_WithoutRun_HasNoTimes()
    {
        CandidateResumeSync status = _state.ToSync("folder", DateTimeOffset.FromUnixTimeMilliseconds(Noon));
        Assert.Equal((null, null), (status.StartedAt, status.ChangedAt));
        Assert.Equal((0, null, null), (status.RequestsToday, status.RequestsPerDay, status.NextRunAt));
    }

    [Fact]
    public void ToSync_ClockSetBack_UsesLatestTime()
    {
        Apply(Batch(isAnswered: false, 5));
        Apply(Batch(isAnswered: true, 2)); // The clock was set back.
        Assert.Equal(
            DateTimeOffset.FromUnixTimeMilliseconds(Noon + 5),
            _state.ToSync("folder", DateTimeOffset.FromUnixTimeMilliseconds(Noon)).ChangedAt
        );
    }

    [Fact]
    public void Apply_RemovalWithoutOutcome_CountsRecordAsNeitherInSyncNorUploaded()
    {
        Apply(LedgerEntryType.Synced);
        Apply(LedgerEntryType.Uploaded, "other");
        Apply(LedgerEntryType.Removing);
        Apply(LedgerEntryType.Removing);
        Apply(LedgerEntryType.Removing, "other");
        Apply(LedgerEntryType.Removing, "unknown");
        Assert.Equal((0, 0, 2), (_state.InSync, _state.UploadedNotLinked, _state.RecordCount));

        Apply(LedgerEntryType.NotRemoved);
        Apply(LedgerEntryType.NotRemoved);
        Assert.Equal((1, 0), (_state.InSync, _state.UploadedNotLinked));
        Assert.Equal(
            new RecordEntry(1, 0, LedgerEntryType.Synced),
            _state.Find(KeyHash.Compute(Line(LedgerEntryType.Synced).Key))
        );

        Apply(LedgerEntryType.Synced, "other");
        Apply(LedgerEntryType.Removing);
        Apply(LedgerEntryType.Removed);
        Assert.Equal((1, 0, 1), (_state.InSync, _state.UploadedNotLinked, _state.RecordCount));
        Assert.Equal(1, _state.Run.Removed);
    }

    [Fact]
    public void ShouldResend_DuringResend_HoldsForRecordsBeforeIt()
    {
        Apply(LedgerEntryType.Synced);
        Apply(LedgerEntryType.Synced, "other");
        Apply(new LedgerEntry { Type = LedgerEntryType.ResendStarted, At = Noon });
        Apply(LedgerEntryType.Synced, "other");
        Apply(LedgerEntryType.Synced, "new");
        Assert.True(_state.ShouldResend(KeyHash.Compute(Line(LedgerEntryType.Synced).Key)));
        Assert.False(_state.ShouldResend(KeyHash.Compute(Line(LedgerEntryType.Synced, "other").Key)));
        Assert.False(_state.ShouldResend(KeyHash.Compute(Line(LedgerEntryType.Synced, "new").Key)));
        Assert.False(_state.ShouldResend(KeyHash.Compute(Line(LedgerEntryType.Synced, "unknown").Key)));
        Assert.Equal(Noon, _state.ResendStartedAt);

        Apply(new LedgerEntry { Type = LedgerEntryType.ResendCompleted });
        Assert.False(_state.ShouldResend(KeyHash.Compute(Line(LedgerEntryType.Synced).Key)));
    }

    private void Apply(LedgerEntryType kind, string candidate = "one") => Apply(Line(kind, candidate));

    /// <summary>Uses the number of a line, from 1, as its position.</summary>
    private void Apply(LedgerEntry line) => _state.Apply(line, ++_lines, previous: 0);

    private static LedgerEntry Line(LedgerEntryType kind, string candidate = "one") =>
        new()
        {
            Type = kind,
            IntegrationContext = ResumeSyncFixture.Organization,
            CandidateId = candidate,
            ResumeId = "R",
        };

    private static FileStamp Stamp(long length) =>
        new()
        {
            Length = length,
            ModifiedAt = 1,
            PathHash = "0123456789abcdef",
        };

    private static LedgerEntry Batch(bool isAnswered, int milliseconds)
    {
        var line = LedgerEntry.ForBatch(isAnswered, 7);
        line.At = Noon + milliseconds;
        return line;
    }

    private static LedgerEntry Requests(long day, int count) =>
        new()
        {
            Type = LedgerEntryType.Requests,
            Day = day,
            Count = count,
            Limit = 100,
        };
}
