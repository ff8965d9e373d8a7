// Periods of a time axis, in UTC. Weeks begin on Monday. Consecutive periods have consecutive numbers.

const secondsOf = { minute: 60, hour: 3600, day: 86_400, week: 604_800 };

/** 1970-01-01 was a Thursday. */
const weekOffset = 3 * secondsOf.day;

function periodOf(unit, seconds) {
  if (unit === "month" || unit === "year") {
    const date = new Date(seconds * 1000);
    return unit === "year" ? date.getUTCFullYear() : 12 * date.getUTCFullYear() + date.getUTCMonth();
  }
  return Math.floor((seconds + (unit === "week" ? weekOffset : 0)) / secondsOf[unit]);
}

function startOfPeriod(unit, number) {
  if (unit === "month" || unit === "year") {
    const date = new Date(0);
    if (unit === "year") date.setUTCFullYear(number);
    else date.setUTCFullYear(Math.floor(number / 12), number % 12);
    return date.getTime() / 1000;
  }
  return number * secondsOf[unit] - (unit === "week" ? weekOffset : 0);
}

/** Counts values in the periods of a chart. */
class PeriodCounts {
  constructor(chart, unit) {
    this.unit = unit;
    this.chart = chart;
    this.first = periodOf(unit, chart.first);
    const count = periodOf(unit, chart.end - 1) - this.first + 1;
    this.starts = Array.from({ length: count + 1 }, (_, index) => startOfPeriod(unit, this.first + index));
    this.end = this.starts.pop();
    this.values = chart.series.map(() => new Float64Array(count));
  }

  add(series, seconds, value) {
    this.values[series][periodOf(this.unit, seconds) - this.first] += value;
  }

  /** The exclusive end of a period. */
  endOf(column) {
    return this.starts[column + 1] ?? this.end;
  }

  /** Whether the data begins or ends within the period, or the period had not ended when the report was made. */
  isIncomplete(column) {
    const now = report.madeAt;
    return (column === 0 && this.starts[0] < this.chart.first)
      || (column === this.starts.length - 1 && this.chart.end < this.end)
      || (this.starts[column] <= now && now < this.endOf(column));
  }

  /** Counts all rows of the report. */
  static ofAll(chart, unit) {
    const counts = new PeriodCounts(chart, unit);
    chart.series.forEach((one, index) => one.values.forEach((value, place) => {
      if (value > 0) counts.add(index, chart.starts[place], value);
    }));
    return counts;
  }

  /** Counts rows of the table. */
  static ofRows(chart, unit, rows, times, series) {
    const counts = new PeriodCounts(chart, unit);
    const seriesOfCode = new Map(chart.series.map((one, index) => [one.key === null ? "others" : series.codeOfKey(one.key), index]));
    const others = seriesOfCode.get("others");
    for (const row of rows) {
      const time = times.values[row];
      if (time === null || time < chart.first || time >= chart.end) continue;
      const index = seriesOfCode.get(series.codes[row]) ?? others;
      if (index !== undefined) counts.add(index, time, 1);
    }
    return counts;
  }
}
