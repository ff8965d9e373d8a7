using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

public sealed class SaveProgressTests
{
    private const int Megabyte = 1024 * 1024;

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingOutput _recorder = new();

    private ProgressUpdate Newest => _recorder.ProgressUpdates[^1];

    [Fact]
    public void Progress_OneFile_HasPercentRateAndTimeLeft()
    {
        SaveProgress progress = Of(files: 1);
        SaveProgress.Download download = progress.BeginDownload();
        download.Start(40 * Megabyte);
        _time.Advance(TimeSpan.FromSeconds(5));
        download.AddReceived(10 * Megabyte);

        Assert.Equal($"{10.0:0.0} of {40.0:0.0} MB; {2.0:0.0} MB/s", Newest.Status);
        Assert.Equal(25, Newest.Percent);
        Assert.Equal(TimeSpan.FromSeconds(15), Newest.TimeLeft);
        Assert.Null(Newest.Step);
    }

    [Fact]
    public void Progress_SeveralFiles_CountsFilesAndBytes()
    {
        SaveProgress progress = Of(files: 4);
        SaveProgress.Download first = progress.BeginDownload();
        SaveProgress.Download second = progress.BeginDownload();
        first.Start(Megabyte);
        second.Start(3 * Megabyte);
        _time.Advance(TimeSpan.FromSeconds(2));
        first.AddReceived(Megabyte);
        second.AddReceived(Megabyte);
        progress.CompleteFile();

        Assert.Equal(("1 of 4 files", 25, TimeSpan.FromSeconds(6)), (Newest.Status, Newest.Percent, Newest.TimeLeft));
        Assert.Equal((50, TimeSpan.FromSeconds(2)), (Newest.Step!.Percent, Newest.Step.TimeLeft));
    }

    [Fact]
    public void Progress_NothingArrives_ShowsTheCurrentRateAndThenNone()
    {
        SaveProgress progress = Of(files: 2);
        SaveProgress.Download download = progress.BeginDownload();
        download.Start(10 * Megabyte);
        _time.Advance(TimeSpan.FromSeconds(1));
        download.AddReceived(10 * Megabyte);
        progress.CompleteFile();
        Assert.Equal($"{10.0:0.0} of {10.0:0.0} MB; {10.0:0.0} MB/s", Newest.Step!.Status);

        Assert.Equal($"{10.0:0.0} of {10.0:0.0} MB; {5.0:0.0} MB/s", RefreshAfter(1).Step!.Status);
        Assert.Equal($"{10.0:0.0} of {10.0:0.0} MB; {2.5:0.0} MB/s", RefreshAfter(2).Step!.Status);
        RefreshAfter(30);
        ProgressUpdate idle = RefreshAfter(10);
        Assert.Equal(($"{10.0:0.0} of {10.0:0.0} MB", "1 of 2 files", null), (idle.Step!.Status, idle.Status, idle.TimeLeft));

        ProgressUpdate RefreshAfter(int seconds)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            return Newest.Refresh!();
        }
    }

    [Fact]
    public void Progress_DownloadRestarts_SubtractsReceivedBytes()
    {
        SaveProgress.Download download = Of(files: 1).BeginDownload();
        download.Start(2 * Megabyte);
        download.AddReceived(Megabyte);
        download.Start(2 * Megabyte);
        download.AddReceived(Megabyte);
        Assert.Equal(50, Newest.Percent);
    }

    [Fact]
    public void Progress_UnknownLength_HasNoPercent()
    {
        SaveProgress.Download download = Of(files: 1).BeginDownload();
        download.Start(null);
        download.AddReceived(Megabyte);
        Assert.Equal((-1, null), (Newest.Percent, Newest.TimeLeft));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 1)]
    [InlineData(-1)]
    [InlineData(1L << 50)]
    public void AddReceived_ImpossibleLength_ShowsProgressWithoutIt(long length)
    {
        SaveProgress progress = Of(files: 2);
        for (int file = 1; file <= 2; file++)
        {
            SaveProgress.Download download = progress.BeginDownload();
            download.Start(length);
            _time.Advance(TimeSpan.FromDays(20));
            download.AddReceived(1);
            Assert.InRange(Newest.Step!.Percent, -1, 100);
            Assert.Null(Newest.Step.TimeLeft);
        }
    }

    private SaveProgress Of(int files)
    {
        var progress = new SaveProgress(_recorder, _time);
        progress.AddFiles(files);
        return progress;
    }
}
