using LinkedInExports.Core.Checkpoints;

namespace LinkedInExports.Core.Tests.Checkpoints;

public sealed class CheckpointStateTests
{
    private static readonly ExportSeries Seats = Create(ExportType.Seat, "urn:li:contract:1", 1);
    private static readonly ExportSeries OtherSeats = Create(ExportType.Seat, "urn:li:contract:2", 2);
    private static readonly ExportSeries Activities = Create(ExportType.Activity, "urn:li:contract:1", 3);

    private readonly CheckpointState _state = new() { Series = [Seats, OtherSeats, Activities] };

    [Fact]
    public void GetSeries_ExportTypeAndOwner_ReturnsTheSeriesOfBoth()
    {
        Assert.Same(Seats, _state.GetSeries(ExportType.Seat, "urn:li:contract:1"));
        Assert.Same(OtherSeats, _state.GetSeries(ExportType.Seat, "urn:li:contract:2"));
        Assert.Same(Activities, _state.GetSeries(ExportType.Activity, "urn:li:contract:1"));
    }

    [Fact]
    public void GetSeries_Unknown_ReturnsAnEmptyOne()
    {
        ExportSeries series = _state.GetSeries(ExportType.Activity, "urn:li:contract:2");
        Assert.True(series.IsEmpty);
        Assert.Equal((ExportType.Activity, "urn:li:contract:2"), (series.ExportType, series.Owner));
    }

    [Fact]
    public void With_KnownSeries_ReplacesItInPlace()
    {
        ExportSeries changed = Create(ExportType.Seat, "urn:li:contract:2", 9);
        Assert.Equal([Seats, changed, Activities], _state.With(changed).Series);
    }

    [Fact]
    public void With_NewSeries_AppendsIt()
    {
        ExportSeries added = Create(ExportType.ActivityOutcome, "urn:li:contract:1", 9);
        Assert.Equal([Seats, OtherSeats, Activities, added], _state.With(added).Series);
    }

    [Fact]
    public void With_EmptySeries_RemovesIt() =>
        Assert.Equal([Seats, Activities], _state.With(OtherSeats with { Watermark = null }).Series);

    private static ExportSeries Create(ExportType exportType, string owner, int day) =>
        new()
        {
            ExportType = exportType,
            Owner = owner,
            Watermark = new DateTimeOffset(2025, 1, day, 0, 0, 0, TimeSpan.Zero),
        };
}
