using System.Text;
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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Open_OtherVersion_ThrowsAndKeepsFile(int version)
    {
        using var file = new LedgerFixture();
        Directory.CreateDirectory(file.Folder);
        byte[] other =
        [
            .. ChecksummedLine.Encode(
                Encoding.UTF8.GetBytes($$"""{"kind":"Ledger","version":{{version}},"api":"{{LedgerFixture.Api}}","more":[1]}""")
            ),
            .. ChecksummedLine.Encode("""{"kind":"SomethingNew"}"""u8.ToArray()),
        ];
        file.Bytes = other;
        LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
        Assert.Equal(LinkedInErrorId.LedgerMismatch, error.Id);
        Assert.Contains($"(format {version}", error.Message, StringComparison.Ordinal);
        Assert.Equal(other, file.Bytes);
    }
}
