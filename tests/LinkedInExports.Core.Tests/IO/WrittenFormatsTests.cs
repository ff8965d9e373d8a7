using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Tests.Resumes.Ledger;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.IO;

/// <summary>
/// The formats of the module's files, byte for byte. A later version must read or recognize them.
/// </summary>
public sealed class WrittenFormatsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ledger_Written_HasDocumentedFormat()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(3);
            ledger.Append(file.Uploaded(1));
            ledger.Append(LedgerEntry.ForBatch(isAnswered: false, 1));
            ledger.Append(file.Synced(2));
            ledger.Append(
                new LedgerEntry
                {
                    Type = LedgerEntryType.Rejected,
                    CandidateId = "C-3",
                    ResumeId = "R-3",
                    Reason = "Its type is not one of PDF, DOC and TXT.",
                }
            );
            ledger.AppendTouched(
                ledger.Find(LedgerFixture.Key(2))!,
                new FileStamp
                {
                    Length = 2048,
                    ModifiedAt = 639031392000000000,
                    PathHash = "0123456789abcdef",
                }
            );
        }

        string[] expected =
        [
            """ce8a3f8c6387a829 {"kind":"Ledger","at":1767600000000,"version":2,"api":"api.linkedin.com"}""",
            """8802d7f6c27ab7a7 {"kind":"Run","at":1767600000000,"run":{"startedAt":1767600000000,"input":3,"synced":0,"unchanged":0,"failed":0,"rejected":0,"removed":0}}""",
            """947e77670a98f1a9 {"kind":"Uploaded","at":1767600000000,"integrationContext":"urn:li:organization:1234567890","candidateId":"C-1","resumeId":"R-1","sha256":"0000000000000000000000000000000000000000000000000000000000000000","resumeFile":"urn:li:ambryBlob:/a1.txt","uploadedAt":1767600000000}""",
            """a1527e62d994e660 {"kind":"Sending","at":1767600000000,"count":1}""",
            """b338fea033c812c2 {"kind":"Synced","at":1767600000000,"integrationContext":"urn:li:organization:1234567890","candidateId":"C-2","resumeId":"R-2","sha256":"0000000000000000000000000000000000000000000000000000000000000000","resumeFile":"urn:li:ambryBlob:/a2.txt","uploadedAt":1767600000000,"createdAt":1670935153000,"status":204}""",
            """27c21d8d9af39db1 {"kind":"Rejected","at":1767600000000,"candidateId":"C-3","resumeId":"R-3","reason":"Its type is not one of PDF, DOC and TXT."}""",
            """0fab5f0637d641e3 {"kind":"Touched","at":1767600000000,"integrationContext":"urn:li:organization:1234567890","candidateId":"C-2","resumeId":"R-2","sha256":"0000000000000000000000000000000000000000000000000000000000000000","file":{"length":2048,"modifiedAt":639031392000000000,"pathHash":"0123456789abcdef"},"resumeFile":"urn:li:ambryBlob:/a2.txt","uploadedAt":1767600000000,"createdAt":1670935153000,"syncedAt":1767600000000,"status":204}""",
        ];
        Assert.Equal(expected, file.Lines);
        Assert.Equal(
            """23e11dcd62a3affe {"ledger":"ce8a3f8c6387a829","length":1512,"check":"0fab5f0637d641e3"}""",
            Assert.Single(File.ReadAllLines(Path.Combine(file.Folder, "resume-sync.head")))
        );
    }

    [Fact]
    public void Checkpoint_Written_HasDocumentedFormat()
    {
        string path = _folder.File("checkpoint.json");
        CheckpointFile.Write(
            FileSystem.Real,
            path,
            new CheckpointState
            {
                Api = "api.linkedin.com",
                Series =
                [
                    new ExportSeries
                    {
                        ExportType = ExportType.CrmValidation,
                        Owner = "urn:li:crmInstance:(DYNAMICS,1)",
                        Watermark = DateTimeOffset.FromUnixTimeMilliseconds(1_533_772_800_000),
                        Slices =
                        [
                            new Slice
                            {
                                StartAt = DateTimeOffset.FromUnixTimeMilliseconds(1_533_772_800_000),
                                JobId = 148,
                                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_533_859_200_000),
                            },
                        ],
                    },
                ],
            }
        );
        Assert.Equal(
            """
            {
              "format": 1,
              "sha256": "2d77b5b4477acc1f05bf727bc40ae4283bf741a4e2f22cc61ca71957b9f39851",
              "state": {"api":"api.linkedin.com","series":[{"kind":"CrmValidation","owner":"urn:li:crmInstance:(DYNAMICS,1)","watermark":"2018-08-09T00:00:00+00:00","slices":[{"startAt":"2018-08-09T00:00:00+00:00","endAt":null,"askedAt":null,"jobId":148,"createdAt":"2018-08-10T00:00:00+00:00","isSaved":false}]}]}
            }
            """,
            File.ReadAllText(path),
            ignoreLineEndingDifferences: true
        );
        Assert.Equal(148, CheckpointFile.Read(path, "api.linkedin.com")!.Series[0].Slices[0].JobId);
    }

    [Fact]
    public void Checkpoint_OfIncrementalValidation_HasDocumentedFormat()
    {
        string path = _folder.File("checkpoint.json");
        var series = new ExportSeries
        {
            ExportType = ExportType.CrmValidation,
            Owner = "urn:li:crmInstance:(DYNAMICS,1)",
            Watermark = DateTimeOffset.FromUnixTimeMilliseconds(1_533_772_800_000),
            FirstStartAt = DateTimeOffset.FromUnixTimeMilliseconds(1_533_686_400_000),
            LastSavedJobId = 147,
            Slices =
            [
                new Slice
                {
                    StartAt = DateTimeOffset.FromUnixTimeMilliseconds(1_533_686_400_000),
                    RequestedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_533_859_200_000),
                    RequestedAheadSince = DateTimeOffset.FromUnixTimeMilliseconds(1_533_772_800_000),
                },
            ],
        };
        CheckpointFile.Write(FileSystem.Real, path, new CheckpointState { Api = "api.linkedin.com", Series = [series] });
        Assert.Contains(
            """
            "state": {"api":"api.linkedin.com","series":[{"kind":"CrmValidation","owner":"urn:li:crmInstance:(DYNAMICS,1)","watermark":"2018-08-09T00:00:00+00:00","firstStartAt":"2018-08-08T00:00:00+00:00","lastSavedJobId":147,"slices":[{"startAt":"2018-08-08T00:00:00+00:00","endAt":null,"askedAt":"2018-08-10T00:00:00+00:00","askedAheadSince":"2018-08-09T00:00:00+00:00","jobId":null,"createdAt":null,"isSaved":false}]}]}
            """,
            File.ReadAllText(path),
            StringComparison.Ordinal
        );
        ExportSeries read = Assert.Single(CheckpointFile.Read(path, "api.linkedin.com")!.Series);
        Assert.Equal(series with { Slices = read.Slices }, read);
        Assert.Equal(series.Slices, read.Slices);
    }

    [Fact]
    public void Manifest_Written_HasDocumentedFormat()
    {
        string path = _folder.Write("export.csv", "activityId,activityType\n");
        new ExportManifest
        {
            Format = ExportManifest.CurrentFormat,
            ExportType = ExportType.ActivityOutcome,
            JobId = 17,
            Api = "api.linkedin.com",
            Owner = "urn:li:contract:7001",
            StartAt = 1_735_689_600_000,
            EndAt = 1_743_465_599_999,
            Part = 1,
            PartCount = 1,
            Length = 24,
            Sha256 = new string('0', 64),
            Columns = ["activityId", "activityType"],
            HasHeader = true,
        }.SaveFor(FileSystem.Real, path);
        Assert.Equal(
            """{"format":1,"kind":"ActivityOutcome","jobId":17,"api":"api.linkedin.com","owner":"urn:li:contract:7001","startAt":1735689600000,"endAt":1743465599999,"part":1,"partCount":1,"length":24,"rowCount":0,"sha256":"0000000000000000000000000000000000000000000000000000000000000000","columns":["activityId","activityType"],"hasHeader":true,"isRecognized":true,"manifestSha256":"a46306b0256eaaccf7285e76468869818eb38cd11fd584d6b92890dc44ebf57b"}""",
            File.ReadAllText(path + ".manifest.json")
        );
        Assert.Equal(17, ExportManifest.TryLoadFor(path)!.JobId);
    }
}
