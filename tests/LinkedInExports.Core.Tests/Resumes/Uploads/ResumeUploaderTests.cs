using System.Globalization;
using System.Text;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Uploads;

public sealed class ResumeUploaderTests
{
    [Fact]
    public async Task UploadAsync_LargeFile_SendsAllBytesAndEmitsResult()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        var bytes = new byte[ResumeDocument.MaxLength];
        new Random(3).NextBytes(bytes);
        "%PDF-1.7"u8.CopyTo(bytes);
        string path = fixture.Folder.File("large.pdf");
        await File.WriteAllBytesAsync(path, bytes);
        UploadedResume uploaded = Assert.Single(await fixture.UploadAsync([path]));

        EmulatedBlob blob = Assert.Single(fixture.Emulator.Blobs);
        Assert.Equal(
            (blob.Urn, blob.Sha256, 10 * 1024 * 1024, "application/pdf", path),
            (uploaded.ResumeFile, uploaded.Sha256, (int)uploaded.Length, uploaded.ContentType, uploaded.Path)
        );
        Assert.Equal(bytes, blob.Bytes);
        Assert.Equal("10485760", Assert.Single(fixture.Uploads).Header("Content-Length"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public async Task UploadAsync_SomeFilesMissing_ReportsThemAndUploadsOthers(int throttle)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string[] paths =
        [
            .. Enumerable
                .Range(1, 40)
                .Select(number => number % 10 == 0 ? fixture.Folder.File($"{number}.txt") : fixture.Write($"{number}.txt")),
        ];
        UploadedResume[] uploaded = await fixture.UploadAsync(paths, throttle: throttle);
        Assert.Equal(36, uploaded.Length);
        Assert.Equal(36, uploaded.Select(one => one.ResumeFile).Distinct().Count());
        Assert.Equal(
            paths.Where((_, index) => (index + 1) % 10 == 0).Order(),
            fixture.Recorder.Errors.Select(error => error.Target).Order()
        );
        Assert.Equal(36, fixture.Links.Length);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("shorter")]
    public async Task UploadAsync_FileModifiedWhileSent_Fails(string how)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string path = fixture.Folder.File("large.txt");
        await File.WriteAllBytesAsync(path, Enumerable.Repeat((byte)'x', 3_000_000).ToArray());
        using var network = new TamperingHandler((request, _) => null)
        {
            BeforeSending = request =>
            {
                if (request.RequestUri!.AbsolutePath != "/ambry/")
                    return;

                // Windows does not allow it.
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                if (how == "shorter")
                {
                    file.SetLength(2_000_000);
                }
                else
                {
                    file.Position = 2_999_999;
                    file.WriteByte((byte)'y');
                }
            },
        };
        if (OperatingSystem.IsWindows())
            return;
        Assert.Empty(await fixture.UploadAsync([path], fixture.Connect(network: network)));
        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.FileReadFailed, path), (error.Id, error.Target));
        Assert.Contains("was changed while it was being sent", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, fixture.Emulator.BlobCount);
        Assert.Single(fixture.Links);
    }

    [Theory]
    [InlineData("Jane Doe & Söhne, 100%.pdf")]
    [InlineData("résumé+final (2).pdf")]
    [InlineData("履歴書.pdf")]
    [InlineData("👩‍💻=?#;.pdf")]
    [InlineData("x-ambry-filename=other.pdf")]
    [InlineData("'quoted'.pdf")]
    public async Task UploadAsync_AnyFileName_IsPreserved(string name)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        Assert.Single(await fixture.UploadAsync([fixture.Write(name)]));
        Assert.Equal(name, Assert.Single(fixture.Emulator.Blobs).FileName);
    }

    [Theory]
    [InlineData("72:00:00", 72, "HOUR")]
    [InlineData("30.00:00:00", 720, "HOUR")]
    [InlineData("01:30:00", 90, "MINUTE")]
    [InlineData("00:01:30", 90, "SECOND")]
    [InlineData("00:00:01.5", 1500, "MILLISECOND")]
    public async Task UploadAsync_RetentionPeriod_IsSentInWholeUnits(string kept, long duration, string unit)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        TimeSpan time = kept == "72:00:00" ? TimeSpan.FromHours(72) : TimeSpan.Parse(kept, CultureInfo.InvariantCulture);
        Assert.Single(await fixture.UploadAsync([fixture.Write("a.txt")], retainFor: time));
        Assert.EndsWith(
            $$$""","blobTtl":{"duration":{{{duration}}},"unit":"{{{unit}}}"}}""",
            Encoding.UTF8.GetString(Assert.Single(fixture.Links).Body),
            StringComparison.Ordinal
        );
        EmulatedBlob blob = Assert.Single(fixture.Emulator.Blobs);
        Assert.Equal(time, blob.ExpiresAt - blob.UploadedAt);
    }

    [Fact]
    public async Task UploadAsync_LongFileName_IsShownInErrors()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/ambry/" });
        Assert.Empty(await fixture.UploadAsync([fixture.Write("resume-of-a-candidate-with-a-long-name.txt")]));
        Assert.Contains(
            "upload resume-of-a-candidate-with-a-long-name.txt",
            Assert.Single(fixture.Recorder.Errors).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task UploadAsync_DailyQuotaExceeded_Stops()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        LinkedInClient client = fixture.Connect(requestsPerDay: 5);
        Assert.Equal(
            2,
            (await fixture.UploadAsync([fixture.Write("a.txt"), fixture.Write("b.txt"), fixture.Write("c.txt")], client)).Length
        );
        Assert.Equal(LinkedInErrorId.DailyQuotaExceeded, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.Equal(4, fixture.Emulator.Requests.Count); // No link is requested without an upload.
    }
}
