using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>
/// With any order of requests and saves, there is no gap, and everything before the watermark is on the disk.
/// </summary>
public sealed class ExportSeriesTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Step[]> Runs =
        from steps in (
            from what in Gen.Choose(0, 5)
            from which in Gen.Choose(0, 99)
            from days in Gen.Choose(1, 6)
            from offset in Gen.Choose(0, 5)
            select new Step(what, which, days, offset)
        ).ListOf()
        select steps.ToArray();

    /// <summary>Any time that LinkedIn may send, near the exports and at both ends of the calendar.</summary>
    private static readonly Gen<DateTimeOffset> Times = Gen.OneOf(
        from hours in Gen.Choose(-100, 1000)
        select Start.AddHours(hours),
        from milliseconds in Gen.Choose(0, 1)
        select DateTimeOffset.MinValue.AddMilliseconds(milliseconds),
        from milliseconds in Gen.Choose(0, 1)
        select DateTimeOffset.MaxValue.AddMilliseconds(-milliseconds)
    );

    private static readonly Gen<Answer[]> ValidationRuns =
        from answers in (
            from end in Optional(Times)
            from next in Optional(Times)
            from created in Times
            from overlap in Gen.OneOf(
                from hours in Gen.Choose(0, 100)
                select TimeSpan.FromHours(hours),
                Gen.Constant(TimeSpan.MaxValue)
            )
            select new Answer(end, next, created, overlap)
        ).ListOf()
        select answers.ToArray();

    private static Gen<DateTimeOffset?> Optional(Gen<DateTimeOffset> times) =>
        Gen.OneOf(from time in times select (DateTimeOffset?)time, Gen.Constant<DateTimeOffset?>(null));

    [Fact]
    public void AdvanceWatermark_AnyRuns_CoversSavedSlicesOnly() =>
        Prop.ForAll(Runs.ToArbitrary(), IsConsistent).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Watermark_AnyValidationRuns_NeverMovesBackOrPastExportEnd() =>
        Prop.ForAll(ValidationRuns.ToArbitrary(), ContinuesSafely).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static bool ContinuesSafely(Answer[] answers)
    {
        var series = new ExportSeries { ExportType = ExportType.CrmValidation, Owner = "urn:li:crmInstance:(A,1)" };
        DateTimeOffset first = Start;
        foreach (Answer answer in answers)
        {
            DateTimeOffset start = series.GetStartWithOverlap(answer.Overlap) ?? first;
            DateTimeOffset watermark = series.Watermark ?? first;
            if (start < first || start > watermark || watermark - start > answer.Overlap)
                return false;

            series = series.Add(
                new Slice
                {
                    StartAt = start,
                    JobId = 1,
                    CreatedAt = answer.CreatedAt,
                }
            );
            series = series.MarkSaved(
                new CrmValidationExportJob
                {
                    JobId = 1,
                    ExportStartAt = start,
                    ExportEndAt = answer.EndAt,
                    NextExportStartAt = answer.NextStartAt,
                }
            );
            if (series.Slices.Length > 0 || series.Watermark is not { } next || next < watermark)
                return false;
            if (
                next > watermark
                && (
                    next > answer.CreatedAt.AddSaturating(TimeSpan.FromDays(1))
                    || next > (answer.EndAt ?? answer.NextStartAt)
                    || next > (answer.NextStartAt ?? answer.EndAt)
                )
            )
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsConsistent(Step[] steps)
    {
        var series = new ExportSeries { ExportType = ExportType.Activity, Owner = "urn:li:contract:1" };
        var saved = new HashSet<int>();
        DateTimeOffset watermark = Start;
        int end = 0;
        long job = 1;
        foreach (Step step in steps)
        {
            Slice? slice = series.Slices.Length == 0 ? null : series.Slices[step.Which % series.Slices.Length];
            switch (step.What)
            {
                case 0 or 1:
                    series = series.Add(
                        new Slice
                        {
                            StartAt = series.NextStartAt ?? Start,
                            EndAt = Day(end + step.Days).AddMilliseconds(-1),
                            JobId = job++,
                        }
                    );
                    end += step.Days;
                    break;
                case 2 when slice is { IsSaved: false }: // A job that failed is replaced.
                    series = series.Replace(slice, slice with { JobId = job++ });
                    break;
                case 3 when slice is { IsSaved: false, JobId: { } id }: // Its job is saved, for all that is left of it.
                    foreach (Slice part in series.Slices.Where(part => part.JobId == id))
                        Mark(part.StartAt, part.EndAt!.Value);
                    series = series.MarkSaved(Job(id, slice.StartAt, slice.EndAt!.Value));
                    break;
                case 4 or 5 when slice is { IsSaved: false }: // A job for a part of it.
                    DateTimeOffset from = slice.StartAt.AddDays(step.Offset),
                        to = from.AddDays(step.Days).AddMilliseconds(-1);
                    if (series.Slices.Any(whole => !whole.IsSaved && from >= whole.StartAt && to <= whole.EndAt))
                        Mark(from, to);
                    series = series.MarkSaved(Job(job++, from, to));
                    break;
            }

            DateTimeOffset next = series.Watermark ?? Start;
            if (next < watermark || Days(Start, next).Except(saved).Any())
                return false;
            watermark = next;
            foreach (Slice one in series.Slices)
            {
                if (
                    one.StartAt != next
                    || one.EndAt < one.StartAt
                    || (one.IsSaved && Days(one.StartAt, one.EndAt!.Value).Except(saved).Any())
                )
                {
                    return false;
                }

                next = one.EndAt!.Value.AddMilliseconds(1);
            }

            if (next != Day(end) || series.Slices.FirstOrDefault()?.IsSaved == true)
                return false;
        }

        return true;

        void Mark(DateTimeOffset from, DateTimeOffset to) => saved.UnionWith(Days(from, to));
    }

    private static IEnumerable<int> Days(DateTimeOffset from, DateTimeOffset to) =>
        Enumerable.Range((int)(from - Start).TotalDays, (int)Math.Ceiling((to - from).TotalDays));

    private static DateTimeOffset Day(int number) => Start.AddDays(number);

    private static SalesAnalyticsExportJob Job(long id, DateTimeOffset from, DateTimeOffset to) =>
        new(ExportType.Activity)
        {
            JobId = id,
            Contract = "urn:li:contract:1",
            StartAt = from,
            EndAt = to,
        };

    private sealed record Answer(DateTimeOffset? EndAt, DateTimeOffset? NextStartAt, DateTimeOffset CreatedAt, TimeSpan Overlap);

    private sealed record Step(int What, int Which, int Days, int Offset);
}
