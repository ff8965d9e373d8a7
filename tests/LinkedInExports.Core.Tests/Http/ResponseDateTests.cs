using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class ResponseDateTests
{
    [Theory]
    [InlineData(1999, false)]
    [InlineData(2000, true)]
    [InlineData(2200, true)]
    [InlineData(2201, false)]
    public void Get_YearThatNoClockHas_ReturnsNull(int year, bool isPlausible)
    {
        DateTimeOffset date = new(year, 6, 1, 12, 0, 0, TimeSpan.Zero);
        using var response = new HttpResponseMessage();
        Assert.Null(ResponseDate.Get(response));
        response.Headers.Date = date;
        Assert.Equal(isPlausible ? date : null, ResponseDate.Get(response));
    }
}
