using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Tests.Support;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>A ledger that is opened with an index has the same state as one that is read from its beginning.</summary>
public sealed class LedgerIndexTests(ITestOutputHelper output)
{
    private const int Records = RandomHistory.Records;

    [Fact]
    public void Open_RandomEntriesAndIndexes_HasSameStateAsWithoutIndex()
    {
        int seed = new Random().Next();
        output.WriteLine($"Seed: {seed}");
        var random = new Random(seed);
        int indexes = 0;
        for (int round = 0; round < ExhaustiveTests.GetRunCount(20, 1000); round++)
        {
            using var file = new LedgerFixture();
            for (int run = 0; run < 4; run++)
            {
                using (ResumeLedger ledger = file.Open(indexInterval: random.Next(2, 40)))
                    RandomHistory.Append(file, ledger, random, random.Next(30));
                string withIndex = RandomHistory.Describe(file);
                string readWithIndex = RandomHistory.DescribeSnapshot(file);
                string? index = File.Exists(IndexPath(file)) ? IndexPath(file) : null;
                indexes += index is null ? 0 : 1;
                if (index is not null)
                    File.Move(index, index + ".hidden");
                Assert.Equal(RandomHistory.Describe(file), withIndex);
                Assert.Equal(RandomHistory.DescribeSnapshot(file), readWithIndex);
                if (index is not null)
                    File.Move(index + ".hidden", index);
            }
        }

        Assert.NotEqual(0, indexes);
    }

    [Fact]
    public void Open_IndexDamaged_IsIgnored()
    {
        using LedgerFixture file = Fill(indexInterval: 2);
        string expected = RandomHistory.Describe(file);
        byte[] whole = File.ReadAllBytes(IndexPath(file));
        for (int position = 0; position < whole.Length; position += ExhaustiveTests.GetRunCount(11, 1))
        {
            byte[] damaged = [.. whole];
            damaged[position] ^= 1;
            File.WriteAllBytes(IndexPath(file), damaged);
            Assert.Equal(expected, RandomHistory.Describe(file));
            File.WriteAllBytes(IndexPath(file), whole[..position]);
            Assert.Equal(expected, RandomHistory.Describe(file));
        }
    }

    [Fact]
    public void Open_IndexOfAnotherLedgerOrLaterState_IsIgnored()
    {
        using LedgerFixture file = Fill(indexInterval: 2);
        using (LedgerFixture other = Fill(indexInterval: 2))
            File.Copy(IndexPath(other), IndexPath(file), overwrite: true);
        string expected = RandomHistory.Describe(file);
        Assert.Contains("C-1", expected, StringComparison.Ordinal);

        // The ledger is that of a backup, and continues differently.
        byte[] backup = file.Bytes;
        using (ResumeLedger ledger = file.Open(indexInterval: 1))
            ledger.Append(LedgerFixture.Removed(1));
        file.Bytes = backup;
        file.DeleteHead();
        Assert.Equal(expected, RandomHistory.Describe(file));
        using (ResumeLedger ledger = file.Open())
        {
            for (int number = 0; number < 20; number++)
                ledger.Append(file.Synced(2, createdAt: number));
        }

        using ResumeLedger again = file.Open();
        Assert.NotNull(again.Find(LedgerFixture.Key(1)));
        Assert.Equal(19, again.Find(LedgerFixture.Key(2))!.CreatedAt);
    }

    /// <summary>Lines before the index are verified when they are used.</summary>
    [Fact]
    public void Find_AnyByteChanged_ReturnsSameEntryOrThrowsLedgerCorrupt()
    {
        using LedgerFixture file = Fill(indexInterval: 2);
        string?[] expected;
        using (ResumeLedger ledger = file.Open())
            expected = [.. Enumerable.Range(1, Records).Select(number => ledger.Find(LedgerFixture.Key(number))?.ToString())];
        byte[] whole = file.Bytes;
        int corrupt = 0;
        for (int position = 0; position < whole.Length; position += ExhaustiveTests.GetRunCount(23, 1))
        {
            byte[] damaged = [.. whole];
            damaged[position] ^= 1;
            file.Bytes = damaged;
            using (LedgerSnapshot? snapshot = TryRead(file))
            {
                for (int number = 1; number <= Records && snapshot is not null; number++)
                {
                    try
                    {
                        Assert.Equal(expected[number - 1], snapshot.Find(LedgerFixture.Key(number))?.ToString());
                    }
                    catch (LinkedInException error)
                    {
                        Assert.Equal(LinkedInErrorId.LedgerCorrupt, error.Id);
                        corrupt++;
                    }
                }
            }

            LinkedInException complete = Assert.Throws<LinkedInException>(() =>
                CandidateResumeClient.ReadResults(file.Folder, default).Count()
            );
            Assert.Equal(LinkedInErrorId.LedgerCorrupt, complete.Id);
            Assert.Equal(damaged, file.Bytes);
        }

        Assert.NotEqual(0, corrupt);
    }

    [Fact]
    public void Open_EndMissingThatIsIndexed_IsDamage()
    {
        using LedgerFixture file = Fill(indexInterval: 2);
        byte[] whole = file.Bytes;
        for (int length = 0; length < whole.Length; length += ExhaustiveTests.GetRunCount(97, 1))
        {
            file.Bytes = whole[..length];
            file.AssertDamaged();
        }
    }

    [Fact]
    public void Open_FirstLineOnly_IsIndexed()
    {
        using var file = new LedgerFixture();
        file.Open(indexInterval: 1).Dispose();
        Assert.True(File.Exists(IndexPath(file)));
        using ResumeLedger ledger = file.Open();
        ledger.Append(file.Synced(1));
        Assert.Equal(1, ledger.State.InSync);
    }

    [Fact]
    public void Flush_IndexCannotBeWritten_Continues()
    {
        using var file = new LedgerFixture();
        Directory.CreateDirectory(IndexPath(file));
        using (ResumeLedger ledger = file.Open(indexInterval: 1))
        {
            ledger.Append(file.Synced(1));
            ledger.Flush();
            ledger.Append(file.Synced(2));
        }

        using ResumeLedger again = file.Open();
        Assert.Equal(2, again.State.InSync);
    }

    [Theory]
    [InlineData(Loss.Process)]
    [InlineData(Loss.Power)]
    [InlineData(Loss.PowerHalf)]
    public async Task Flush_CrashAtAnyStep_LosesNothingThatWasFlushed(Loss loss)
    {
        int cuts = await CrashPoint.AtEachStepAsync(async cut =>
        {
            using var file = new LedgerFixture();
            var files = new CrashingFileSystem(cut, loss);
            int flushed = 0;
            await cut.RunAsync(() =>
                Task.Run(() =>
                {
                    using ResumeLedger ledger = file.Open(files, indexInterval: 3);
                    for (int number = 1; number <= Records; number++)
                    {
                        ledger.Append(file.Uploaded(number));
                        ledger.Append(file.Synced(number));
                        ledger.Flush();
                        flushed = number;
                    }
                })
            );
            files.ApplyLoss();
            using ResumeLedger ledger = file.Open();
            Assert.All(
                Enumerable.Range(1, flushed),
                number => Assert.Equal(LedgerEntryType.Synced, ledger.Find(LedgerFixture.Key(number))!.Type)
            );
            Assert.InRange(ledger.State.InSync, flushed, flushed + 1);
        });
        Assert.InRange(cuts, 50, 300);
    }

    private static string IndexPath(LedgerFixture file) => Path.Combine(file.Folder, LedgerIndex.FileName);

    private static LedgerSnapshot? TryRead(LedgerFixture file)
    {
        try
        {
            return LedgerSnapshot.Read(FileSystem.Real, file.Folder);
        }
        catch (LinkedInException error)
        {
            Assert.Equal(LinkedInErrorId.LedgerCorrupt, error.Id);
            return null;
        }
    }

    /// <summary>Creates a ledger with entries of all types.</summary>
    private static LedgerFixture Fill(int indexInterval)
    {
        var file = new LedgerFixture();
        file.Time.Advance(TimeSpan.FromMilliseconds(Random.Shared.Next(1_000_000)));
        using ResumeLedger ledger = file.Open(indexInterval: indexInterval);
        for (int number = 1; number <= Records; number++)
            ledger.Append(file.Synced(number));
        RandomHistory.Append(file, ledger, new Random(17), 60);
        ledger.Append(file.Synced(1));
        ledger.Append(file.Synced(2));
        return file;
    }
}
