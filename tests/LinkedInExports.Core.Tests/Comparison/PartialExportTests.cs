using System.Text;
using LinkedInExports.Core.Comparison;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Comparison;

/// <summary>Exports that lack columns or contain invalid bytes.</summary>
public sealed class PartialExportTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compare_ColumnMissingOnBothSides_ComparesTheOthersAndKeepsItNull()
    {
        ExportDifference[] differences = Compare(
            "activityId,activityType,createdAt,seatId\na,X,01-01-2025 00:00:00,1\nb,X,01-01-2025 00:00:00,1\n",
            "activityId,activityType,createdAt,seatId\na,X,01-01-2025 00:00:00,2\nb,X,01-01-2025 00:00:00,1\n"
        );

        ExportDifference changed = Assert.Single(differences);
        Assert.Equal(["SeatId"], changed.ChangedColumns);
        var record = Assert.IsType<SalesActivityRecord>(changed.Difference);
        Assert.Equal(("a", 2L, null), (record.ActivityId, record.SeatId, record.MemberIdentityKey));
        Assert.Empty(_recorder.Warnings);
    }

    [Fact]
    public void Compare_ColumnMissingOnOneSide_IsNotComparedAndBothRecordsAreWhole()
    {
        ExportDifference[] differences = Compare(
            "crmId,crmRecordType,createdAt\na,CONTACT,5\nb,CONTACT,6\n",
            "crmId,crmRecordType,expiredAt,createdAt\na,CONTACT,1,7\nb,CONTACT,2,6\n"
        );

        ExportDifference changed = Assert.Single(differences);
        Assert.Equal(["CreatedAt"], changed.ChangedColumns);
        Assert.Null(Assert.IsType<CrmValidationRecord>(changed.Reference).ExpiredAt);
        Assert.Equal(1, Assert.IsType<CrmValidationRecord>(changed.Difference).ExpiredAt?.ToUnixTimeMilliseconds());
        Assert.Contains(
            _recorder.Warnings,
            warning =>
                warning.Contains("ExpiredAt", StringComparison.Ordinal)
                && warning.Contains("not compared", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Compare_RecordTypeMissing_UsesIdAsKey()
    {
        ExportDifference[] differences = Compare("crmId,expiredAt,createdAt\na,1,2\n", "crmId,expiredAt,createdAt\na,1,3\n");
        Assert.Equal(["Changed a"], differences.Select(difference => difference.ToString()));
        Assert.Null(Assert.IsType<CrmValidationRecord>(differences[0].Reference).CrmRecordType);
    }

    [Fact]
    public void Compare_EmptyValue_StaysEmpty()
    {
        ExportDifference[] differences = Compare("activityId,activityType,x\na,,1\n", "activityId,activityType,x\na,Y,1\n");
        Assert.Equal(2, differences.Length);
        Assert.Equal(
            "",
            Assert
                .IsType<ActivityOutcomeRecord>(differences.Single(difference => difference.Reference is not null).Reference)
                .ActivityType
        );
    }

    [Fact]
    public void Compare_KeyColumnMissing_IsAnError()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Compare(
                "crmRecordType,expiredAt,createdAt\nCONTACT,1,2\n",
                "crmId,crmRecordType,expiredAt,createdAt\na,CONTACT,1,2\n",
                ExportType.CrmValidation
            )
        );
        Assert.Equal(LinkedInErrorId.MissingColumn, error.Id);
        Assert.Contains("'CrmId'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_IdsThatDifferInInvalidBytesOnly_IsAnError()
    {
        string reference = Write("reference.csv", 0xFC);
        string difference = Write("difference.csv", 0xE4);
        var options = new ComparisonOptions { ReferencePaths = [reference], DifferencePaths = [difference] };
        Assert.Equal(
            LinkedInErrorId.MalformedRow,
            Assert
                .Throws<LinkedInException>(() =>
                    ExportComparer.Compare(options, _recorder, CancellationToken.None).Record(_recorder)
                )
                .Id
        );
        Assert.Empty(_recorder.Outputs);

        options = new ComparisonOptions
        {
            ReferencePaths = [reference],
            DifferencePaths = [difference],
            Encoding = Encoding.Latin1,
        };
        ExportComparer.Compare(options, _recorder, CancellationToken.None).Record(_recorder);
        Assert.Equal(["Added Mäller LEAD", "Removed Müller LEAD"], _recorder.Outputs.Select(output => output.ToString()));
    }

    [Fact]
    public void Compare_UnexpectedException_IsAnErrorWithTheOriginal()
    {
        var unexpected = new InvalidTimeZoneException("unexpected");
        _recorder.OnMessage = (stream, _) => throw unexpected;
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Compare("activityId,activityType\na,X\n", "activityId,activityType\nb,X\n")
        );
        Assert.Equal(LinkedInErrorId.InternalError, error.Id);
        Assert.Same(unexpected, error.InnerException);
    }

    private ExportDifference[] Compare(string reference, string difference, ExportType? exportType = null)
    {
        ExportComparer
            .Compare(
                new ComparisonOptions
                {
                    ReferencePaths = [_folder.Write("reference.csv", reference)],
                    DifferencePaths = [_folder.Write("difference.csv", difference)],
                    ExportType = exportType,
                },
                _recorder,
                CancellationToken.None
            )
            .Record(_recorder);
        return [.. _recorder.Outputs.Cast<ExportDifference>()];
    }

    private string Write(string name, byte invalid)
    {
        File.WriteAllBytes(
            _folder.File(name),
            [.. "crmId,crmRecordType,expiredAt,createdAt\nM"u8, invalid, .. "ller,LEAD,1,2\n"u8]
        );
        return _folder.File(name);
    }
}
