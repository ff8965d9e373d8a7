using System.Text;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>Ledgers that were cut, changed or replaced.</summary>
public sealed class LedgerDamageTests
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
            ledger.Append(LedgerFixture.Removed(1));
        }

        byte[] whole = file.Bytes;
        int firstLine = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int length = 0; length < whole.Length; length++)
        {
            file.Bytes = whole[..length];
            file.AssertDamaged();
        }

        file.Bytes = new byte[whole.Length];
        file.AssertDamaged();
        file.Bytes = [.. whole[..firstLine], .. new byte[whole.Length - firstLine]];
        file.AssertDamaged();
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
            file.AssertDamaged();
        }

        // Data that was not written yet may also be zeros, longer than the line.
        file.Bytes = new byte[4096];
        file.AssertDamaged();
    }

    /// <summary>
    /// A line is missing, repeated or moved, at each position, with the head of another ledger or without a head.
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
            ledger.Append(LedgerFixture.Removed(1));
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

        Try([.. Enumerable.Reverse(lines)]);
        Try([.. lines, .. lines]);

        void Try(string[] changed)
        {
            file.Bytes = Encoding.UTF8.GetBytes(string.Join("", changed.Select(line => line + "\n")));
            file.AssertDamaged();
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
        one.AssertDamaged();
    }

    [Fact]
    public void Open_LedgerDeleted_CreatesLedger()
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

    [Theory]
    [InlineData("""{"kind":"Run","run":{}}""")]
    [InlineData("""{"kind":"Ledger","version":2}""")]
    [InlineData("""{"kind":"Ledger","api":"api.linkedin.com"}""")]
    public void Open_InvalidFirstLine_ThrowsLedgerCorrupt(string line)
    {
        using var file = new LedgerFixture();
        Directory.CreateDirectory(file.Folder);
        file.Bytes = ChecksummedLine.Encode(Encoding.UTF8.GetBytes(line));
        Assert.Equal(LinkedInErrorId.LedgerCorrupt, Assert.Throws<LinkedInException>(() => file.Open()).Id);
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
}
