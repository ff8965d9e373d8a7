using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.Downloads;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>Names of files are portable and unique for each part.</summary>
public sealed class ExportFileNameTests
{
    private static readonly Gen<ExportJob> Job =
        from id in Gen.Choose(0, int.MaxValue)
        from high in Gen.Choose(0, int.MaxValue)
        from kind in Gen.Elements(Enum.GetValues<ExportType>())
        from isKnown in Gen.Elements(true, true, false)
        select kind == ExportType.CrmValidation
            ? (ExportJob)new CrmValidationExportJob { JobId = id + ((long)high << 31) }
            : new SalesAnalyticsExportJob(isKnown ? kind : null) { JobId = id };

    private static readonly Gen<(ExportJob Job, int Part, int Count)> Part =
        from job in Job
        from count in Gen.Choose(1, 2000)
        from part in Gen.Choose(1, count)
        select (job, part, count);

    [Fact]
    public void Create_AnyJob_ReturnsPortableName() =>
        Prop.ForAll(
                Part.ToArbitrary(),
                one =>
                    System.Text.RegularExpressions.Regex.IsMatch(
                        ExportFileName.Create(one.Job, one.Part, one.Count),
                        "^[a-z][a-z0-9-]{1,60}[.]csv$"
                    )
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Create_TwoParts_ReturnsDifferentNames()
    {
        Gen<((ExportJob Job, int Part, int Count) One, (ExportJob Job, int Part, int Count) Other)> pairs =
            from one in Part
            from job in Gen.OneOf(Job, Gen.Constant(one.Job))
            from part in Gen.Choose(1, one.Count)
            select (one, (job, part, one.Count));
        Prop.ForAll(
                pairs.ToArbitrary(),
                pair =>
                    (pair.One.Job.ExportType, pair.One.Job.JobId, pair.One.Part)
                    == (pair.Other.Job.ExportType, pair.Other.Job.JobId, pair.Other.Part)
                    == (
                        ExportFileName.Create(pair.One.Job, pair.One.Part, pair.One.Count)
                        == ExportFileName.Create(pair.Other.Job, pair.Other.Part, pair.Other.Count)
                    )
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
