using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.Comparison;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>
/// With any bytes in a file, reading, comparing and reporting end with records or with an error that has an ID.
/// </summary>
public sealed class ArbitraryFileTests : IDisposable
{
    private static readonly LinkedInErrorId[] Expected =
    [
        LinkedInErrorId.MalformedRow,
        LinkedInErrorId.MissingColumn,
        LinkedInErrorId.DuplicateColumn,
        LinkedInErrorId.UnknownExportType,
        LinkedInErrorId.ExportTypeMismatch,
    ];

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "crmId,crmRecordType,expiredAt,createdAt\n",
            "activityId;activityType;createdAt;seatId\n",
            "activityId\tactivityType\n",
            "seatId\n",
            "crm id,",
            "a,CONTACT,1,2\n",
            "b;X;01-03-2025 08:15:30;7\n",
            ",",
            ";",
            "\t",
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            "a",
            "-1",
            "9223372036854775807",
            "-9223372036854775808",
            "253402300799999",
            "é",
            "𝄞",
            " ",
            "\0",
        }.Select(Encoding.UTF8.GetBytes),
        [0xEF, 0xBB, 0xBF],
        [0xFF, 0xFE],
        [0xFE, 0xFF],
        [0, 0, 0xFE, 0xFF],
        [0xFF, 0xFE, 0, 0],
        [0x80],
        [0xC3],
        [0xFF],
    ];

    private static readonly Gen<ImportOptions> Options =
        from kind in Gen.Elements<ExportType?>(
            null,
            null,
            ExportType.CrmValidation,
            ExportType.Activity,
            ExportType.ActivityOutcome,
            ExportType.Seat
        )
        from encoding in Gen.Elements<Encoding?>(null, null, Encoding.Latin1, Encoding.Unicode, Encoding.UTF32, Encoding.ASCII)
        from delimiter in Gen.Elements<char?>(null, null, ';', ' ', 'a')
        from strict in Gen.Elements(false, true)
        from action in Gen.Elements(MalformedRowAction.Skip, MalformedRowAction.Stop)
        select new ImportOptions
        {
            ExportType = kind,
            Encoding = encoding,
            Delimiter = delimiter,
            Strict = strict,
            MalformedRow = action,
        };

    private static readonly Gen<(byte[] Bytes, ImportOptions Options)> Cases =
        from pieces in Gen.Elements(Pieces).ListOf()
        from options in Options
        select (pieces.SelectMany(piece => piece).ToArray(), options);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AnyBytes_GivesRecordsOrAKnownError() =>
        Prop.ForAll(
                Cases.ToArbitrary(),
                one =>
                {
                    var recorder = new RecordingOutput();
                    Try(() =>
                    {
                        foreach (
                            object record in ExportFileReader.Read(
                                Write(one.Bytes),
                                one.Options,
                                recorder,
                                CancellationToken.None
                            )
                        )
                        {
                            Assert.NotNull(record.ToString());
                        }
                    });
                    Assert.All(recorder.Errors, error => Assert.Contains(error.Id, Expected));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(ExhaustiveTests.IsEnabled ? 10_000 : 1500));

    [Fact]
    public void Compare_AnyBytes_GivesDifferencesOrAKnownError() =>
        Prop.ForAll(
                Cases.ToArbitrary(),
                one =>
                    Try(() =>
                        ExportComparer
                            .Compare(
                                new ComparisonOptions
                                {
                                    ReferencePaths =
                                    [
                                        _folder.Write(
                                            "reference.csv",
                                            "crmId,crmRecordType,expiredAt,createdAt\na,CONTACT,1,2\n"
                                        ),
                                    ],
                                    DifferencePaths = [Write(one.Bytes)],
                                    ExportType = one.Options.ExportType is null ? null : ExportType.CrmValidation,
                                    Encoding = one.Options.Encoding,
                                    Delimiter = one.Options.Delimiter,
                                },
                                new RecordingOutput(),
                                CancellationToken.None
                            )
                            .Record(new RecordingOutput())
                    )
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(ExhaustiveTests.IsEnabled ? 10_000 : 500));

    [Fact]
    public void Report_AnyBytes_GivesAPageOrAKnownError() =>
        Prop.ForAll(
                Cases.ToArbitrary(),
                one =>
                {
                    var report = new ExportReport(new ReportOptions());
                    Try(() => report.AddFile(Write(one.Bytes), one.Options, new RecordingOutput(), CancellationToken.None));
                    report.Save(_folder.File("report.html"));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(ExhaustiveTests.IsEnabled ? 10_000 : 300));

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (LinkedInException error)
        {
            Assert.Contains(error.Id, Expected);
        }
    }

    private string Write(byte[] bytes)
    {
        File.WriteAllBytes(_folder.File("export.csv"), bytes);
        return _folder.File("export.csv");
    }
}
