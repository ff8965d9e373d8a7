using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Tests.IO;

public sealed class FileInUseRetryTests
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int DiskFull = unchecked((int)0x80070070);

    private TimeSpan _waited;

    public static TheoryData<Exception> InUse => [new IOException("in use", SharingViolation), new UnauthorizedAccessException()];

    [Theory]
    [MemberData(nameof(InUse))]
    public void Run_FileThatIsClosedInTime_Succeeds(Exception failure)
    {
        Assert.Equal(4, CountAttempts(failure, failures: 3));
        Assert.Equal(TimeSpan.FromMilliseconds(300), _waited);
    }

    [Theory]
    [MemberData(nameof(InUse))]
    public void Run_FileThatStaysOpen_FailsAfterASecond(Exception failure)
    {
        Assert.Same(failure, Assert.ThrowsAny<Exception>(() => CountAttempts(failure, failures: int.MaxValue)));
        Assert.Equal(TimeSpan.FromSeconds(1), _waited);
    }

    [Fact]
    public void Run_OtherFailure_FailsAtOnce()
    {
        Assert.Throws<IOException>(() => CountAttempts(new IOException("full", DiskFull), failures: int.MaxValue));
        Assert.Equal(TimeSpan.Zero, _waited);
    }

    private int CountAttempts(Exception failure, int failures)
    {
        int attempts = 0;
        FileInUseRetry.Run(
            () =>
            {
                if (attempts++ < failures)
                    throw failure;
            },
            delay => _waited += delay
        );
        return attempts;
    }
}
