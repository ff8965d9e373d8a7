using System.Text;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>What a ledger tells after it was cut, damaged, or found by the wrong one.</summary>
public sealed class ResumeLedgerTests
{
    [Fact]
    public void Open_LastLineTruncated_LosesThatLineOnly()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(2);
            ledger.Append(file.Uploaded(1));
            ledger.Append(file.Synced(1));
            ledger.Append(file.Synced(2));
        }

        byte[] whole = file.Bytes;
        int last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (int length = last; length < whole.Length; length++)
        {
            file.Bytes = whole[..length];
            file.DeleteHead();
            using (ResumeLedger ledger = file.Open())
            {
                Assert.Equal((1, 0, 1), (ledger.State.InSync, ledger.State.UploadedNotLinked, ledger.State.Run.Synced));
                Assert.Null(ledger.Find(LedgerFixture.Key(2)));
                Assert.Equal(last, new FileInfo(file.Path).Length);
                ledger.Append(file.Synced(2));
            }

            Assert.Equal(whole, file.Bytes);
        }
    }

    [Fact]
    public void Open_EndMissingThatWasFlushed_IsDamage()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(file.Synced(1));
            ledger.Append(Removed(1));
        }

        byte[] whole = file.Bytes;
        int firstLine = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int length = 0; length < whole.Length; length++)
        {
            file.Bytes = whole[..length];
            AssertDamaged(file);
        }

        file.Bytes = new byte[whole.Length];
        AssertDamaged(file);
        file.Bytes = [.. whole[..firstLine], .. new byte[whole.Length - firstLine]];
        AssertDamaged(file);
    }

    [Fact]
    public void Open_NoFirstLine_IsDamageWithoutHeadToo()
    {
        using var file = new LedgerFixture();
        file.Open().Dispose();
        byte[] whole = file.Bytes;
        file.DeleteHead();
        for (int length = 0; length < whole.Length; length++)
        {
            file.Bytes = whole[..length];
            AssertDamaged(file);
        }

        // What the system had not written yet may also be there as zeros, and longer than the line.
        file.Bytes = new byte[4096];
        AssertDamaged(file);
    }

    /// <summary>
    /// A line that is missing, repeated or moved, at every place; the head is that of another ledger, or there is none.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_LinesMissingRepeatedOrMoved_IsDamage(bool hasHead)
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(2);
            ledger.Append(file.Uploaded(1));
            ledger.Append(file.Synced(1));
            ledger.Append(file.Synced(2));
            ledger.Append(Removed(1));
            ledger.Append(file.Synced(2, createdAt: ResumeSyncFixture.CreatedAt + 1));
        }

        string[] lines = file.Lines;
        if (!hasHead)
            file.DeleteHead();
        for (int index = 0; index < lines.Length; index++)
        {
            string[] before = lines[..index];
            string[] after = lines[(index + 1)..];
            if (index < lines.Length - 1)
                Try([.. before, .. after]);
            Try([.. before, lines[index], lines[index], .. after]);
            for (int other = index + 1; other < lines.Length; other++)
            {
                string[] swapped = [.. lines];
                (swapped[index], swapped[other]) = (swapped[other], swapped[index]);
                Try(swapped);
            }
        }

        Try([.. lines.Reverse()]);
        Try([.. lines, .. lines]);

        void Try(string[] changed)
        {
            file.Bytes = Encoding.UTF8.GetBytes(string.Join("", changed.Select(line => line + "\n")));
            AssertDamaged(file);
        }
    }

    [Fact]
    public void Open_LinesOfAnotherLedgerAppended_IsDamage()
    {
        using var one = new LedgerFixture();
        using var other = new LedgerFixture();
        using (ResumeLedger ledger = one.Open())
            ledger.Append(one.Synced(1));
        other.Time.Advance(TimeSpan.FromDays(1));
        using (ResumeLedger ledger = other.Open())
            ledger.Append(other.Synced(2));
        one.Bytes = [.. one.Bytes, .. other.Bytes[(Array.IndexOf(other.Bytes, (byte)'\n') + 1)..]];
        AssertDamaged(one);
    }

    [Fact]
    public void Open_LedgerDeleted_BeginsAgain()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(file.Synced(1));
        File.Delete(file.Path);
        using (ResumeLedger ledger = file.Open())
        {
            Assert.Equal(0, ledger.State.InSync);
            ledger.Append(file.Synced(2));
        }

        using ResumeLedger again = file.Open();
        Assert.Equal(1, again.State.InSync);
    }

    [Fact]
    public void Open_HeadTornByCrash_IsIgnored()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(file.Synced(1));
        string path = Path.Combine(file.Folder, LedgerHead.FileName);
        byte[] head = File.ReadAllBytes(path);
        for (int length = 0; length < head.Length; length++)
        {
            File.WriteAllBytes(path, head[..length]);
            using ResumeLedger ledger = file.Open();
            Assert.Equal(1, ledger.State.InSync);
        }
    }

    [Fact]
    public void Open_NewLedger_HasWholeFirstLineFromTheBeginning()
    {
        using var file = new LedgerFixture();
        var disk = new FaultyFileSystem { Fails = (operation, _) => operation == "Move" };
        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Throws<LinkedInException>(() => file.Open(disk)).Id);
        Assert.False(File.Exists(file.Path));
        file.Open().Dispose();
    }

    [Fact]
    public void Open_LedgerIsLinkToNothing_CreatesNothing()
    {
        using var file = new LedgerFixture();
        Directory.CreateDirectory(file.Folder);
        string target = Path.Combine(file.Folder, "elsewhere");
        File.CreateSymbolicLink(file.Path, target);
        LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
        Assert.Equal((LinkedInErrorId.FileReadFailed, file.Path), (error.Id, error.Target));
        Assert.Contains("link", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
        Assert.Equal(
            LinkedInErrorId.FileReadFailed,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow())).Id
        );
        Assert.Equal(
            LinkedInErrorId.FileReadFailed,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadResults(file.Folder, default)).Id
        );
    }

    [Fact]
    public void Read_AccessDenied_IsNotMissingLedger()
    {
        using var file = new LedgerFixture();
        file.Open().Dispose();
        var denied = new DeniedFiles();
        Assert.Equal(LinkedInErrorId.FileReadFailed, Assert.Throws<LinkedInException>(() => file.Open(denied)).Id);
        Assert.Equal(
            LinkedInErrorId.FileReadFailed,
            Assert
                .Throws<LinkedInException>(() => CandidateResumeClient.ReadLedger(denied, file.Folder, file.Time.GetUtcNow()))
                .Id
        );
        Assert.Equal(
            LinkedInErrorId.FileReadFailed,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadResults(denied, file.Folder, default)).Id
        );

        // A loop of links is another thing that File.Exists calls no file.
        string loop = Path.Combine(Path.GetDirectoryName(file.Folder)!, "loop");
        Directory.CreateSymbolicLink(loop, loop);
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            CandidateResumeClient.ReadLedger(loop, file.Time.GetUtcNow())
        );
        Assert.Equal(LinkedInErrorId.FileReadFailed, error.Id);
    }

    [Fact]
    public void Append_LongIdsAndReason_CanBeReadBack()
    {
        using var file = new LedgerFixture();
        string[] ids =
        [
            new('x', 2 << 20),
            new('ü', 200_000),
            string.Concat(Enumerable.Repeat("😀", 100_000)),
            "\ud83d" + new string('y', 5000),
        ];
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(ids.Length);
            foreach (string id in ids)
            {
                ledger.Append(
                    new LedgerEntry
                    {
                        Type = LedgerEntryType.Rejected,
                        CandidateId = id,
                        ResumeId = id,
                        Reason = id,
                    }
                );
            }
        }

        using ResumeLedger again = file.Open();
        Assert.Equal(ids.Length, again.State.Run.Rejected);
        ResumeSyncResult[] results = [.. CandidateResumeClient.ReadResults(file.Folder, default)];
        Assert.Equal(ids.Length, results.Length);
        Assert.All(
            results,
            result =>
            {
                Assert.InRange(result.CandidateId.Length, LedgerEntry.ShortenedIdLength - 1, LedgerEntry.ShortenedIdLength + 1);
                Assert.InRange(result.Reason!.Length, LedgerEntry.MaxReasonLength - 1, LedgerEntry.MaxReasonLength);
                Assert.EndsWith("…", result.CandidateId, StringComparison.Ordinal);
                Assert.DoesNotContain(
                    result.Reason,
                    text =>
                        char.IsHighSurrogate(text)
                        && result.Reason.IndexOf(text, StringComparison.Ordinal) == result.Reason.Length - 1
                );
            }
        );
    }

    [Fact]
    public void Append_LineLongerThanReadersLimit_IsRejectedAndLedgerStaysReadable()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(file.Synced(1));
            var endless = new LedgerEntry
            {
                Type = LedgerEntryType.Uploaded,
                CandidateId = "C",
                ResumeId = "R",
                ResumeFile = new string('f', LedgerReader.MaxLineLength),
            };
            Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Throws<LinkedInException>(() => ledger.Append(endless)).Id);
            ledger.Append(file.Synced(2));
        }

        using ResumeLedger again = file.Open();
        Assert.Equal(2, again.State.InSync);
    }

    [Fact]
    public void Open_LongestLine_IsReadBack()
    {
        using var file = new LedgerFixture();
        int room =
            LedgerReader.MaxLineLength
            - ChecksummedLine
                .Encode(
                    new LedgerEntry
                    {
                        Type = LedgerEntryType.Uploaded,
                        At = file.Time.GetUtcNow().ToUnixTimeMilliseconds(),
                        ResumeFile = "",
                    }.ToJson()
                )
                .Length;
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(new LedgerEntry { Type = LedgerEntryType.Uploaded, ResumeFile = new string('f', room) });
            Assert.Equal(
                LinkedInErrorId.FileWriteFailed,
                Assert
                    .Throws<LinkedInException>(() =>
                        ledger.Append(new LedgerEntry { Type = LedgerEntryType.Uploaded, ResumeFile = new string('f', room + 1) })
                    )
                    .Id
            );
        }

        using ResumeLedger again = file.Open();
        Assert.Equal(1, again.State.UploadedNotLinked);
    }

    [Fact]
    public void Open_Version1_IsReadAndWrittenAgainAsChain()
    {
        using var file = new LedgerFixture();
        Directory.CreateDirectory(file.Folder);
        byte[] old =
        [
            .. ChecksummedLine.Encode(
                Encoding.UTF8.GetBytes($$"""{"kind":"Ledger","at":1767600000000,"version":1,"api":"{{LedgerFixture.Api}}"}""")
            ),
            .. ChecksummedLine.Encode(
                """{"kind":"Run","at":1767600000000,"run":{"startedAt":1767600000000,"input":3,"synced":0,"unchanged":0,"failed":0,"rejected":0}}"""u8.ToArray()
            ),
            .. ChecksummedLine.Encode(file.Uploaded(1).ToJson()),
            .. ChecksummedLine.Encode(file.Synced(2).ToJson()),
            .. ChecksummedLine.Encode(file.Synced(3).ToJson()),
            .. ChecksummedLine.Encode(Removed(3).ToJson()),
            .. ChecksummedLine.Encode(
                (file.Synced(4) with { Type = LedgerEntryType.Failed, Reason = "LinkedIn says no" }).ToJson()
            ),
        ];
        file.Bytes = old;
        using (var snapshot = LedgerSnapshot.Read(FileSystem.Real, file.Folder))
        {
            Assert.Equal((1, 1), (snapshot.State.InSync, snapshot.State.UploadedNotLinked));
            Assert.Equal(LedgerEntryType.Synced, snapshot.Find(LedgerFixture.Key(2))!.Type);
        }

        Assert.Equal(old, file.Bytes);
        string knowledge;
        using (ResumeLedger ledger = file.Open())
        {
            Assert.Equal(
                (3, 1, 1),
                (ledger.State.Run.Input, ledger.State.Run.Synced + ledger.State.Run.Failed - 2, ledger.State.InSync)
            );
            knowledge = file.Knowledge(ledger, 5);
        }

        Assert.Contains("\"version\":2", file.Lines[0], StringComparison.Ordinal);
        using (ResumeLedger ledger = file.Open())
            Assert.Equal(knowledge, file.Knowledge(ledger, 5));
        string[] lines = file.Lines;
        file.Bytes = Encoding.UTF8.GetBytes(string.Join("\n", [.. lines[..1], .. lines[2..]]) + "\n");
        AssertDamaged(file);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(300_000)]
    public void Open_TrailingZeros_AreIgnored(int count)
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(file.Synced(1));
        byte[] whole = file.Bytes;
        file.Bytes = [.. whole, .. new byte[count]];
        using (ResumeLedger ledger = file.Open())
            Assert.Equal(1, ledger.State.InSync);
        Assert.Equal(whole, file.Bytes);
    }

    [Fact]
    public void Open_AnyByteChanged_IsDamageAndNothingIsTouched()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(file.Synced(1));
            ledger.Append(file.Synced(2));
        }

        byte[] whole = file.Bytes;
        for (int position = 0; position < whole.Length; position++)
        {
            byte[] damaged = [.. whole];
            damaged[position] ^= 1;
            file.Bytes = damaged;
            LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
            Assert.Equal((LinkedInErrorId.LedgerCorrupt, file.Path), (error.Id, error.Target));
            Assert.Equal(damaged, file.Bytes);
            Assert.Equal(
                LinkedInErrorId.LedgerCorrupt,
                Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow())).Id
            );
        }
    }

    [Fact]
    public void Open_FileIsNoLedger_ThrowsAndKeepsFile()
    {
        using var file = new LedgerFixture();
        Directory.CreateDirectory(file.Folder);
        byte[] foreign = Encoding.UTF8.GetBytes("CandidateId,ResumeId\nC-1,R-1\n");
        file.Bytes = foreign;
        Assert.Equal(LinkedInErrorId.LedgerCorrupt, Assert.Throws<LinkedInException>(() => file.Open()).Id);
        Assert.Equal(foreign, file.Bytes);
    }

    [Fact]
    public void Open_NewerVersion_ThrowsAndKeepsFile()
    {
        using var file = new LedgerFixture();
        Directory.CreateDirectory(file.Folder);
        byte[] newer =
        [
            .. ChecksummedLine.Encode(
                Encoding.UTF8.GetBytes($$"""{"kind":"Ledger","version":3,"api":"{{LedgerFixture.Api}}","more":[1]}""")
            ),
            .. ChecksummedLine.Encode("""{"kind":"SomethingNew"}"""u8.ToArray()),
        ];
        file.Bytes = newer;
        LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
        Assert.Equal(LinkedInErrorId.LedgerMismatch, error.Id);
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
        Assert.Equal(newer, file.Bytes);
    }

    [Theory]
    [InlineData("""{"kind":"Run","run":{}}""")]
    [InlineData("""{"kind":"Ledger","version":1}""")]
    [InlineData("""{"kind":"Ledger","version":0,"api":"api.linkedin.com"}""")]
    public void Open_InvalidFirstLine_ThrowsLedgerCorrupt(string line)
    {
        using var file = new LedgerFixture();
        Directory.CreateDirectory(file.Folder);
        file.Bytes = ChecksummedLine.Encode(Encoding.UTF8.GetBytes(line));
        Assert.Equal(LinkedInErrorId.LedgerCorrupt, Assert.Throws<LinkedInException>(() => file.Open()).Id);
    }

    [Fact]
    public void Open_LedgerOfOtherServer_ThrowsAndKeepsFile()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open(api: "127.0.0.1:8080"))
            ledger.Append(file.Synced(1));
        byte[] before = file.Bytes;
        LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
        Assert.Equal(LinkedInErrorId.LedgerMismatch, error.Id);
        Assert.Contains("127.0.0.1:8080", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, file.Bytes);
    }

    [Fact]
    public void Open_LedgerInUse_ThrowsButCanBeRead()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(file.Synced(1));
            LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
            Assert.Equal((LinkedInErrorId.LedgerInUse, file.Folder), (error.Id, error.Target));
            Assert.Equal(1, CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow()).InSync);
            ledger.Append(file.Synced(2));
        }

        using ResumeLedger again = file.Open();
        Assert.Equal(2, again.State.InSync);
    }

    [Fact]
    public void ReadLedger_WithoutLedger_ThrowsLedgerNotFound()
    {
        using var file = new LedgerFixture();
        Assert.Equal(
            LinkedInErrorId.LedgerNotFound,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow())).Id
        );
        Assert.False(Directory.Exists(file.Folder));
    }

    [Fact]
    public void Open_NewLedger_IsPrivate()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.BeginRun(1);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, GetMode(file.Folder));
        Assert.All(Directory.GetFiles(file.Folder), path => Assert.Equal(owner, GetMode(path)));
    }

    [Fact]
    public void ReadLedger_SeveralRuns_CountsLastRunAndAllInSync()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(3);
            for (int number = 1; number <= 3; number++)
                ledger.Append(file.Synced(number));
            ledger.BeginRun(2010);
            for (int number = 1; number <= 2000; number++)
                ledger.AppendUnchanged();
            ledger.Append(file.Uploaded(4));
            ledger.Append(new LedgerEntry { Type = LedgerEntryType.Failed, Count = 1 });
            ledger.Append(new LedgerEntry { Type = LedgerEntryType.Rejected });
            ledger.AppendUnchanged();
            ledger.Append(
                new LedgerEntry
                {
                    Type = LedgerEntryType.Removed,
                    IntegrationContext = ResumeSyncFixture.Organization,
                    CandidateId = "C-3",
                    ResumeId = "R-3",
                }
            );
        }

        CandidateResumeSync status = CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow());
        Assert.Equal(
            (2010, 0, 2001, 1, 1, 7),
            (status.InputCount, status.Synced, status.Unchanged, status.Failed, status.Rejected, status.Pending)
        );
        Assert.Equal((2, 1), (status.InSync, status.UploadedNotLinked));
        Assert.Equal(file.Time.GetUtcNow(), status.StartedAt);
        Assert.Equal(file.Folder, status.LedgerPath);
    }

    [Fact]
    public void Find_SimilarIds_AreDistinct()
    {
        using var file = new LedgerFixture();
        using ResumeLedger ledger = file.Open();
        ledger.Append(
            new LedgerEntry
            {
                Type = LedgerEntryType.Synced,
                IntegrationContext = "urn:li:organization:1",
                CandidateId = "ab",
                ResumeId = "c",
            }
        );
        Assert.NotNull(ledger.Find(new ResumeKey("urn:li:organization:1", "ab", "c")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:1", "a", "bc")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:1", "AB", "c")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:1a", "b", "c")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:", "1ab", "c")));
    }

    [Fact]
    public void Find_LineLongerThanOneRead_IsFound()
    {
        using var file = new LedgerFixture();
        var key = new ResumeKey(ResumeSyncFixture.Organization, new string('ü', LedgerEntry.MaxIdLength), "R");
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(LedgerEntry.ForRecord(LedgerEntryType.Synced, key));
            ledger.Append(file.Synced(1));
            Assert.NotNull(ledger.Find(key));
        }

        using ResumeLedger again = file.Open();
        Assert.NotNull(again.Find(key));
        Assert.NotNull(again.Find(LedgerFixture.Key(1)));
    }

    [Fact]
    public void Open_EndlessLine_ThrowsLedgerCorrupt()
    {
        using var file = new LedgerFixture();
        file.Open().Dispose();
        byte[] endless = [.. file.Bytes, .. new byte[5 << 20]];
        file.Bytes = endless;
        Assert.Equal(LinkedInErrorId.LedgerCorrupt, Assert.Throws<LinkedInException>(() => file.Open()).Id);
        Assert.Equal(endless, file.Bytes);
    }

    [Fact]
    public void Unchanged_ManyRecords_AreWrittenInThousands()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            for (int number = 1; number < 1000; number++)
                ledger.AppendUnchanged();
            Assert.Equal(0, CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow()).Unchanged);
            ledger.AppendUnchanged();
            Assert.Equal(1000, CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow()).Unchanged);
            ledger.AppendUnchanged();
        }

        Assert.Equal(1001, CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow()).Unchanged);
    }

    [Fact]
    public async Task Quota_UsageSavedAhead_CountsInNextRunUnlessFlushed()
    {
        using var file = new LedgerFixture();
        var connection = new ResumeQuota(100, 1000, file.Time);
        using (ResumeLedger ledger = file.Open())
        {
            DailyRequestQuota quota = new ResumeQuota(connection, ledger, batchSize: null, waitsForNextDay: false).Requests;
            await quota.AcquireAsync(null, new RecordingOutput(), default);
            CandidateResumeSync status = CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow());
            Assert.Equal((100, 1000), (status.RequestsToday, status.RequestsPerDay));
            Assert.Equal((1, 1), (quota.UsedToday, connection.Requests.UsedToday));
        }

        using (ResumeLedger ledger = file.Open())
        {
            DailyRequestQuota quota = new ResumeQuota(connection, ledger, batchSize: null, waitsForNextDay: false).Requests;
            Assert.Equal((100, false), (quota.UsedToday, quota.WaitsForNextDay));
            await quota.AcquireAsync(null, new RecordingOutput(), default);
            quota.Flush();
        }

        using ResumeLedger last = file.Open();
        DailyRequestQuota waiting = new ResumeQuota(connection, last, batchSize: null, waitsForNextDay: true).Requests;
        Assert.Equal((101, true), (waiting.UsedToday, waiting.WaitsForNextDay));
    }

    [Theory]
    [InlineData(45, 15)]
    [InlineData(60, 0)]
    [InlineData(-3600, 60)] // The clock was set back: nobody knows how long ago it was.
    public async Task Quota_RecentBatchesOfEarlierRun_DelayRecords(int secondsAgo, int wait)
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(LedgerEntry.ForBatch(isAnswered: true, 100));
        var time = new FakeTimeProvider(file.Time.GetUtcNow().AddSeconds(secondsAgo));
        Assert.Equal(TimeSpan.FromSeconds(wait), await WaitAsync(file, time));
    }

    [Fact]
    public async Task Quota_UnansweredBatchOfEarlierRun_DelaysForOneMinute()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(LedgerEntry.ForBatch(isAnswered: false, 100));
        Assert.Equal(TimeSpan.FromSeconds(60), await WaitAsync(file, new FakeTimeProvider(file.Time.GetUtcNow().AddHours(1))));
    }

    [Fact]
    public void Snapshot_LaterAppends_AreNotVisible()
    {
        using var file = new LedgerFixture();
        using (var none = LedgerSnapshot.Read(FileSystem.Real, file.Folder))
            Assert.Null(none.Find(LedgerFixture.Key(1)));
        using ResumeLedger ledger = file.Open();
        ledger.Append(file.Uploaded(1));
        ledger.Append(file.Synced(1));
        using var snapshot = LedgerSnapshot.Read(FileSystem.Real, file.Folder);
        ledger.Append(file.Uploaded(1));
        ledger.Append(file.Uploaded(2));
        Assert.Equal(LedgerEntryType.Synced, snapshot.Find(LedgerFixture.Key(1))!.Type);
        Assert.Null(snapshot.Find(LedgerFixture.Key(2)));
    }

    [Fact]
    public void Snapshot_LineChangedAfterRead_ThrowsLedgerCorrupt()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(file.Synced(1));
        using var snapshot = LedgerSnapshot.Read(FileSystem.Real, file.Folder);
        int start = Array.IndexOf(file.Bytes, (byte)'\n') + 1;
        file.Bytes = [.. file.Bytes[..start], .. ChecksummedLine.Encode(file.Synced(2).ToJson())];
        Assert.Equal(
            LinkedInErrorId.LedgerCorrupt,
            Assert.Throws<LinkedInException>(() => snapshot.Find(LedgerFixture.Key(1))).Id
        );
    }

    private static LedgerEntry Removed(int number) => LedgerEntry.ForRecord(LedgerEntryType.Removed, LedgerFixture.Key(number));

    /// <summary>Whoever opens or reads it is told, and nothing is touched.</summary>
    private static void AssertDamaged(LedgerFixture file)
    {
        byte[] before = file.Bytes;
        LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
        Assert.Equal((LinkedInErrorId.LedgerCorrupt, file.Path), (error.Id, error.Target));
        Assert.Equal(
            LinkedInErrorId.LedgerCorrupt,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow())).Id
        );
        Assert.Equal(
            LinkedInErrorId.LedgerCorrupt,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadResults(file.Folder, default).Count()).Id
        );
        Assert.Equal(before, file.Bytes);
    }

    /// <summary>How long the next run waits before it sends a full minute's records.</summary>
    private static async Task<TimeSpan> WaitAsync(LedgerFixture file, FakeTimeProvider time)
    {
        DateTimeOffset start = time.GetUtcNow();
        var quota = new ResumeQuota(100, 1000, time);
        using (var ledger = ResumeLedger.Open(FileSystem.Real, file.Folder, LedgerFixture.Api, time))
            _ = new ResumeQuota(quota, ledger, batchSize: null, waitsForNextDay: false);
        await time.RunAsync(quota.Records.AcquireAsync(100, default));
        return time.GetUtcNow() - start;
    }

    private static UnixFileMode GetMode(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    /// <summary>A disk that lets nobody read.</summary>
    private sealed class DeniedFiles : FileSystem
    {
        internal override Stream? OpenRead(string path) => throw new UnauthorizedAccessException("Access to the path is denied.");
    }
}
