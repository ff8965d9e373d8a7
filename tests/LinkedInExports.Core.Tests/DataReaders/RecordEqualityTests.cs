using System.Text;
using LinkedInExports.Core.DataReaders;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.DataReaders;

/// <summary>A reader has the same values and errors as the records of the same file.</summary>
public sealed class RecordEqualityTests : IDisposable
{
    private static readonly string[] Values =
    [
        "",
        "a",
        "\"q\"\"u,o\"",
        "\"",
        "x\"y",
        "7",
        "-9223372036854775808",
        "01-03-2025 08:15:30",
        "12-31-2016 23:59:60",
        "13-01-2025 00:00:00",
        "1770000000000",
        "253402300800000",
        "é",
        "\n",
        "\"\n\"",
    ];

    private readonly PartFixture _parts = new();

    public void Dispose() => _parts.Dispose();

    [Theory]
    [InlineData(ExportType.Activity, PartFixture.ActivityHeader)]
    [InlineData(ExportType.CrmValidation, PartFixture.ValidationHeader)]
    [InlineData(ExportType.ActivityOutcome, "activityId,activityType,note\n")]
    [InlineData(ExportType.Seat, "seatId,name\n")]
    public void Read_ArbitraryRows_EqualsRecords(ExportType exportType, string header)
    {
        var random = new Random(1);
        for (int round = 0; round < ExhaustiveTests.GetRunCount(200, 5000); round++)
        {
            string path = _parts.Folder.Write("file.csv", header + CreateRows(random, header.Count(c => c == ',') + 1));
            var options = new ImportOptions { ExportType = exportType, MalformedRow = MalformedRowAction.Skip };
            var recorder = new RecordingOutput();
            string[] records =
            [
                .. ExportFileReader
                    .Read(path, options, recorder, CancellationToken.None)
                    .Select(record => Show((ExportRecord)record)),
            ];

            using ExportDataReader reader = _parts.Open(
                new DataReaderOptions { Import = options, SkipsVerification = true },
                path
            );
            Assert.Equal(records, PartFixture.ReadAll(reader).Select(Show));
            Assert.Equal(recorder.Errors.Select(error => error.Message), reader.SkippedRowErrors.Select(error => error.Message));
        }
    }

    private static string CreateRows(Random random, int columns)
    {
        var text = new StringBuilder();
        for (int row = random.Next(6); row > 0; row--)
        {
            int count = random.Next(10) == 0 ? columns + random.Next(-1, 2) : columns;
            text.AppendJoin(',', Enumerable.Range(0, count).Select(_ => Values[random.Next(Values.Length)])).Append('\n');
        }

        return text.ToString();
    }

    private static string Show(object[] row) =>
        string.Join(
            '|',
            row.Select(value =>
                value is DBNull ? null
                : value is DateTime time ? $"{time:O}"
                : $"{value}"
            )
        );

    private static string Show(ExportRecord record) =>
        Show(
            record switch
            {
                SalesActivityRecord a =>
                [
                    a.ActivityId!,
                    a.ActivityType!,
                    a.CreatedAt!.Value.UtcDateTime,
                    a.SeatId!,
                    (object?)a.MemberIdentityKey ?? DBNull.Value,
                ],
                CrmValidationRecord v =>
                [
                    v.CrmId!,
                    v.CrmRecordType!,
                    v.ExpiredAt!.Value.UtcDateTime,
                    v.CreatedAt!.Value.UtcDateTime,
                ],
                ActivityOutcomeRecord o => [o.ActivityId!, o.ActivityType!, ((IExtraColumns)o).GetExtra(0)],
                IExtraColumns extra => [extra.GetExtra(0), extra.GetExtra(1)],
                _ => throw new NotSupportedException(),
            }
        );
}
