using LinkedInExports.Core.Reports;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class FairShareTests
{
    [Theory]
    [InlineData(100, new[] { 10, 20, 30 }, new[] { 10, 20, 30 })]
    [InlineData(30, new[] { 100, 100, 100 }, new[] { 10, 10, 10 })]
    [InlineData(100, new[] { 1000, 10, 1000 }, new[] { 45, 10, 45 })]
    [InlineData(0, new[] { 5, 5 }, new[] { 0, 0 })]
    [InlineData(10, new int[0], new int[0])]
    public void Allocate_SmallAndLargeDemands_SharesRemainder(int total, int[] wanted, int[] expected) =>
        Assert.Equal(expected, FairShare.Allocate(total, wanted));
}
