using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

public sealed class FileStampTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryCapture_File_HasLengthTimeAndNoPath()
    {
        string path = Write(Now.AddHours(-1));
        FileStamp stamp = FileStamp.TryCapture(path, Now)!;
        Assert.Equal((4, Now.AddHours(-1).Ticks), (stamp.Length, stamp.ModifiedAt));
        Assert.Matches("^[0-9a-f]{16}$", stamp.PathHash);
        Assert.Equal(stamp, FileStamp.TryCapture(path, Now.AddYears(1)));
    }

    [Fact]
    public void TryCapture_AnyDifference_IsNotEqual()
    {
        string path = Write(Now.AddHours(-1));
        string copy = _folder.File("copy.txt");
        File.Copy(path, copy);
        FileStamp stamp = FileStamp.TryCapture(path, Now)!;
        Assert.Equal(stamp.ModifiedAt, FileStamp.TryCapture(copy, Now)!.ModifiedAt);
        Assert.NotEqual(stamp, FileStamp.TryCapture(copy, Now));
        File.SetLastWriteTimeUtc(path, Now.UtcDateTime.AddHours(-1).AddTicks(10));
        Assert.NotEqual(stamp, FileStamp.TryCapture(path, Now));
        File.AppendAllText(path, "more");
        File.SetLastWriteTimeUtc(path, Now.UtcDateTime.AddHours(-1));
        Assert.NotEqual(stamp, FileStamp.TryCapture(path, Now));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(59.999, false)]
    [InlineData(60, true)]
    [InlineData(-3600, false)] // The clock of the file server is fast.
    public void TryCapture_RecentFile_ReturnsNull(double secondsAgo, bool isKnown) =>
        Assert.Equal(isKnown, FileStamp.TryCapture(Write(Now.AddSeconds(-secondsAgo)), Now) is not null);

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", false)]
    [InlineData("1980-01-01T23:59:59Z", false)]
    [InlineData("1980-01-02T00:00:00Z", true)]
    public void TryCapture_FileWithoutRealTime_ReturnsNull(string modifiedAt, bool isKnown)
    {
        DateTimeOffset time = DateTimeOffset.Parse(modifiedAt, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(isKnown, FileStamp.TryCapture(Write(time), Now) is not null);
    }

    [Fact]
    public void TryCapture_LinkFolderOrNothing_ReturnsNull()
    {
        string path = Write(Now.AddHours(-1));
        string link = _folder.File("link.txt");
        File.CreateSymbolicLink(link, path);
        Assert.All(
            [link, _folder.Path, _folder.File("missing.txt"), path + "/missing", "\0"],
            other => Assert.Null(FileStamp.TryCapture(other, DateTimeOffset.UtcNow.AddDays(1)))
        );
    }

    private string Write(DateTimeOffset modifiedAt)
    {
        string path = _folder.Write("1.txt", "text");
        File.SetLastWriteTimeUtc(path, modifiedAt.UtcDateTime);
        return path;
    }
}
