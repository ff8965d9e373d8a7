using System.Globalization;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>The activities of seat holders, by day, type, seat and hour of the week.</summary>
internal sealed class ActivitySection(DetailTable table, SeatNames seats)
    : ReportSection(
        "activity",
        "Activity",
        "What seat holders did in Sales Navigator. Days and hours are in UTC.",
        "activities",
        table
    )
{
    private readonly Timeline _days = new(TimeUnit.Day, preferred: TimeUnit.Day);
    private readonly FrequencyCounter _types = new();
    private readonly FrequencyCounter _seats = new(MaxNames);
    private readonly long[][] _week = [.. Enumerable.Range(0, 7).Select(_ => new long[24])];
    private DateTimeOffset _first = DateTimeOffset.MaxValue;
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    internal void Add(SalesActivityRecord record)
    {
        Rows++;
        string type = record.ActivityType ?? "";
        string? seat = record.SeatId?.ToString(CultureInfo.InvariantCulture);
        _types.Add(type);
        if (seat is not null)
            _seats.Add(seat);
        if (record.CreatedAt is { } time)
        {
            _days.Add(time, type);
            _week[((int)time.DayOfWeek + 6) % 7][time.Hour]++;
            _first = time < _first ? time : _first;
            _last = time > _last ? time : _last;
        }

        Table.TimeColumn = "CreatedAt";
        Table.Begin(record.CreatedAt);
        Table.Set("ActivityId", record.ActivityId);
        Table.Set("ActivityType", record.ActivityType);
        Table.Set("CreatedAt", record.CreatedAt);
        Table.Set("SeatId", seat);
        Table.Set("MemberIdentityKey", record.MemberIdentityKey);
        Table.SetExtra(record);
    }

    internal override IEnumerable<Metric> GetMetrics()
    {
        bool hasSeatCount = _seats is { NameCount: > 0, HasOmittedNames: false };
        yield return new Metric("activities", Rows);
        if (hasSeatCount)
            yield return new Metric("active seats", _seats.NameCount);
        if (_first > _last)
            yield break;

        double days = (_last.UtcDateTime.Date - _first.UtcDateTime.Date).TotalDays + 1;
        yield return new Metric("activities per day", Rows / days);
        if (hasSeatCount)
            yield return new Metric("per active seat and week", Rows / (double)_seats.NameCount / Math.Max(1, days / 7));
    }

    internal override IEnumerable<Chart> GetCharts() =>
        WithoutEmpty(
            _days.ToChart("Activities per {unit}", "CreatedAt", "ActivityType", DisplayNames.Get),
            CategoryChart.Create("By type", _types, "ActivityType", DisplayNames.Get),
            _seats.NameCount == 0 ? null : CategoryChart.Create("By seat", _seats, "SeatId", seats.GetLabel),
            _first > _last ? null : new WeekChart("When they were active", "CreatedAt", _week)
        );

    internal override IEnumerable<string> GetNotices() => _seats.HasOmittedNames ? [CreateLimitNotice("active seats")] : [];
}
