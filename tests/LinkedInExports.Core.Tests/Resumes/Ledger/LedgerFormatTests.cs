using System.Text;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>Long lines and other versions of the format.</summary>
public sealed class LedgerFormatTests
{
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
            .. ChecksummedLine.Encode(LedgerFixture.Removed(3).ToJson()),
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
        file.AssertDamaged();
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
}
