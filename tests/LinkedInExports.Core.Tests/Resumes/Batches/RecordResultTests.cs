using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core.Tests.Resumes.Batches;

public sealed class RecordResultTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData(199, false)]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(299, true)]
    [InlineData(300, false)]
    public void IsSuccess_Status_IsOfTheTwoHundreds(int? status, bool expected)
    {
        Assert.Equal(expected, new RecordResult(status, null).IsSuccess);
        Assert.False(new RecordResult(status, null, IsError: true).IsSuccess);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(204, false)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(408, true)]
    [InlineData(409, false)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    public void IsTransient_Status_MaySucceedLater(int? status, bool expected) =>
        Assert.Equal(expected, new RecordResult(status, null).IsTransient);

    [Fact]
    public void GetWorse_EqualResults_ReturnsThem()
    {
        var refused = new RecordResult(400, "No.", IsError: true);
        Assert.Equal(refused, RecordResult.GetWorse(refused, refused));
    }

    [Fact]
    public void GetWorse_AnyTwoResults_IsASuccessOnlyIfBothAreAndTransientOnlyIfNoneIsPermanent()
    {
        RecordResult[] all =
        [
            new(204, null),
            new(201, null),
            new(204, "Odd.", IsError: true),
            new(503, "Later."),
            new(429, "Later.", IsError: true),
            new(400, "No."),
            new(null, null),
        ];
        foreach (RecordResult first in all)
        {
            foreach (RecordResult second in all)
            {
                RecordResult worse = RecordResult.GetWorse(first, second);
                Assert.Equal(first.IsSuccess && second.IsSuccess, worse.IsSuccess);
                bool isPassing = (first.IsTransient || first.IsSuccess) && (second.IsTransient || second.IsSuccess);
                Assert.Equal(isPassing && !worse.IsSuccess, worse.IsTransient);
            }
        }
    }

    [Theory]
    [InlineData(204, "No. LinkedIn also returned status 204 for this record.")]
    [InlineData(null, "No. LinkedIn also returned another result for this record.")]
    public void GetWorse_TwoResults_NamesTheOther(int? other, string reason)
    {
        var refused = new RecordResult(400, "No.", IsError: true);
        Assert.Equal(reason, RecordResult.GetWorse(refused, new RecordResult(other, null)).Reason);
    }
}
