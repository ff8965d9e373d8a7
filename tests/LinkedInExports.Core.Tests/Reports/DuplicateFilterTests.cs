using LinkedInExports.Core.Reports;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class DuplicateFilterTests
{
    [Fact]
    public void IsNew_RepeatedId_ReturnsFalse()
    {
        var seen = new DuplicateFilter();
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 100_000; i++)
                Assert.Equal(round == 0, seen.IsNew($"act-{i}", $"type {i % 3}"));
        }

        Assert.True(seen.IsNew("act-1", "type 2"));
        Assert.Equal(100_000, seen.RepeatedCount);
        Assert.False(seen.IsFull);
    }

    [Fact]
    public void IsNew_OverCapacity_StopsRemembering()
    {
        var seen = new DuplicateFilter(most: 10);
        for (int i = 0; i < 20; i++)
            Assert.True(seen.IsNew($"{i}"));
        Assert.True(seen.IsFull);
        Assert.False(seen.IsNew("9"));
        Assert.True(seen.IsNew("10"));
    }
}
