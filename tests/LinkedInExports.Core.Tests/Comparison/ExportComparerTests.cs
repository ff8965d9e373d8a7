using LinkedInExports.Core.Comparison;

namespace LinkedInExports.Core.Tests.Comparison;

public sealed class ExportComparerTests : IDisposable
{
    private readonly ComparisonFixture _comparison = new();

    private const string Activity = "activityId,activityType,createdAt,seatId,memberIdentityKey";
    private const string Outcome = "activityId,activityType";

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public void Compare_DifferentFiles_EmitsDifferencesInKeyOrder()
    {
        _comparison.Compare(
            $"{ComparisonFixture.ValidationHeader}\nd,LEAD,1,2\nb,CONTACT,1,2\na,CONTACT,1,2\n",
            $"{ComparisonFixture.ValidationHeader}\nc,CONTACT,5,6\na,CONTACT,1,2\nb,CONTACT,1,3\n"
        );

        Assert.Equal(
            ["Changed b CONTACT CreatedAt", "Added c CONTACT ", "Removed d LEAD "],
            _comparison.Differences.Select(ComparisonFixture.Show)
        );
        var before = Assert.IsType<CrmValidationRecord>(_comparison.Differences[0].Reference);
        var after = Assert.IsType<CrmValidationRecord>(_comparison.Differences[0].Difference);
        Assert.Equal((2L, 3L), (before.CreatedAt?.ToUnixTimeMilliseconds(), after.CreatedAt?.ToUnixTimeMilliseconds()));
        Assert.Equal("CONTACT", after.CrmRecordType);
        Assert.Null(_comparison.Differences[1].Reference);
        Assert.Null(_comparison.Differences[2].Difference);
        Assert.All(_comparison.Differences, difference => Assert.Equal(ExportType.CrmValidation, difference.ExportType));
        Assert.Equal("The rows are matched by CrmId and CrmRecordType.", _comparison.Recorder.VerboseLines[0]);
        Assert.Empty(_comparison.Recorder.Warnings);
    }

    [Fact]
    public void Compare_OtherOrderOfRowsColumnsAndParts_EmitsNothing()
    {
        _comparison.Compare(
            [
                $"{ComparisonFixture.ValidationHeader},Owner\nb,CONTACT,1,2,x\n",
                $"{ComparisonFixture.ValidationHeader},Owner\na,CONTACT,3,4,\"y, z\"\n",
                "",
            ],
            ["OWNER,createdAt,expiredAt,crmRecordType,crmId\n\"y, z\",4,03,CONTACT,a\nx,2,1,CONTACT,b\n"]
        );
        Assert.Empty(_comparison.Differences);
        Assert.Empty(_comparison.Recorder.Warnings);
    }

    [Fact]
    public void Compare_Validations_UsesTypeInKeyCaseSensitively() =>
        Assert.Equal(
            ["Removed a CONTACT ", "Added a LEAD ", "Added b CONTACT ", "Added c CONTACT "],
            _comparison
                .Compare(
                    $"{ComparisonFixture.ValidationHeader}\na,CONTACT,1,2\n",
                    $"{ComparisonFixture.ValidationHeader}\na,LEAD,1,2\nc,CONTACT,1,2\nb,CONTACT,1,2\n"
                )
                .Select(ComparisonFixture.Show)
        );

    [Fact]
    public void Compare_Activities_UsesActivityIdAsKey()
    {
        _comparison.Compare(
            $"{Activity}\n2,SAVED_LEAD,01-03-2025 08:15:30,7,mk\n1,SAVED_LEAD,01-03-2025 08:15:30,7,\n",
            $"{Activity}\n1,SAVED_LEAD,01-03-2025 08:15:30,7,mk\n2,SAVED_ACCOUNT,01-03-2025 08:15:31,8,mk\n"
        );
        Assert.Equal(
            ["Changed 1 MemberIdentityKey", "Changed 2 ActivityType,CreatedAt,SeatId"],
            _comparison.Differences.Select(ComparisonFixture.Show)
        );
        var before = (SalesActivityRecord)_comparison.Differences[0].Reference!;
        Assert.Equal(
            (null, 7L, new DateTimeOffset(2025, 1, 3, 8, 15, 30, TimeSpan.Zero)),
            (before.MemberIdentityKey, before.SeatId, before.CreatedAt)
        );
    }

    [Fact]
    public void Compare_Outcomes_UsesAllValuesAndCountsRows()
    {
        _comparison.Compare(
            $"{Outcome}\n1,ACCEPTED\n1,ACCEPTED\n1,REJECTED\n2,ACCEPTED\n",
            $"{Outcome}\n1,ACCEPTED\n1,REJECTED\n1,REJECTED\n2,ACCEPTED\n"
        );
        Assert.Equal(["Removed 1 ACCEPTED ", "Added 1 REJECTED "], _comparison.Differences.Select(ComparisonFixture.Show));
        Assert.Empty(_comparison.Recorder.Warnings);
        Assert.Contains(_comparison.Recorder.VerboseLines, line => line.Contains("rows have no key", StringComparison.Ordinal));
    }

    [Fact]
    public void Compare_OutcomesWithOutcomeId_UsesItAsKey() =>
        Assert.Equal(
            ["Changed 9 ActivityType"],
            _comparison
                .Compare($"{Outcome},outcomeId\n1,ACCEPTED,9\n", $"{Outcome},outcomeId\n1,REJECTED,9\n")
                .Select(ComparisonFixture.Show)
        );

    [Fact]
    public void Compare_Seats_UsesSeatIdAsKey()
    {
        _comparison.Compare(
            ["name,seatId,status\nA,1,ACTIVE\nB,2,ACTIVE\n"],
            ["name,seatId,status\nA,1,ACTIVE\nB,2,INACTIVE\n"],
            ExportType.Seat
        );
        Assert.Equal(["Changed 2 status"], _comparison.Differences.Select(ComparisonFixture.Show));
        Assert.Equal("INACTIVE", ((IExtraColumns)_comparison.Differences[0].Difference!).GetExtra(2));
        Assert.Empty(_comparison.Recorder.Warnings);
    }

    [Fact]
    public void Compare_SeatsWithoutSeatId_UsesFirstColumnAndWarns()
    {
        _comparison.Compare(["name,status\nA,ACTIVE\n"], ["name,status\nA,INACTIVE\n"], ExportType.Seat);
        Assert.Equal(["Changed A status"], _comparison.Differences.Select(ComparisonFixture.Show));
        Assert.Contains(
            "matched by their first column, name",
            Assert.Single(_comparison.Recorder.Warnings),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Compare_WithKeyColumns_UsesThem()
    {
        _comparison.Compare(
            ["seatId,date,score\n1,2025-01-01,5\n1,2025-01-02,6\n"],
            ["seatId,date,score\n1,2025-01-01,5\n1,2025-01-02,7\n"],
            ExportType.Seat,
            "DATE",
            "seatId"
        );
        Assert.Equal(["Changed 2025-01-02 1 score"], _comparison.Differences.Select(ComparisonFixture.Show));

        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            _comparison.Compare(["a\n1\n"], ["a\n1\n"], ExportType.Seat, "b")
        );
        Assert.Equal(LinkedInErrorId.MissingColumn, error.Id);
        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_RepeatedKeys_ComparesGroupsAndWarns()
    {
        _comparison.Compare(
            $"{ComparisonFixture.ValidationHeader}\na,CONTACT,1,1\na,CONTACT,1,2\na,CONTACT,1,3\na,CONTACT,1,3\n",
            $"{ComparisonFixture.ValidationHeader}\na,CONTACT,1,3\na,CONTACT,1,9\na,CONTACT,1,1\n"
        );
        Assert.Equal(
            ["Changed a CONTACT CreatedAt", "Removed a CONTACT "],
            _comparison.Differences.Select(ComparisonFixture.Show)
        );
        Assert.Equal(
            [
                "In the reference, 3 rows have the same CrmId and CrmRecordType as another row. Equal rows were matched first, "
                    + "and the others were paired in the order of their values.",
                "In the difference, 2 rows have the same CrmId and CrmRecordType as another row. Equal rows were matched first, "
                    + "and the others were paired in the order of their values.",
            ],
            _comparison.Recorder.Warnings
        );
    }

    [Fact]
    public void Compare_ColumnsMissingInSomeFiles_AreKeptButNotCompared()
    {
        _comparison.Compare(
            $"{ComparisonFixture.ValidationHeader},Owner\na,CONTACT,1,2,x\nb,CONTACT,1,2,x\n",
            $"{ComparisonFixture.ValidationHeader},Region\na,CONTACT,1,2,south\nb,CONTACT,3,2,south\n"
        );
        Assert.Equal(["Changed b CONTACT ExpiredAt"], _comparison.Differences.Select(ComparisonFixture.Show));
        Assert.Equal("x", ((IExtraColumns)_comparison.Differences[0].Reference!).GetExtra(0));
        Assert.Equal("south", ((IExtraColumns)_comparison.Differences[0].Difference!).GetExtra(0));
        Assert.Contains("Owner, Region", Assert.Single(_comparison.Recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_SpecialCharacters_KeepsValuesApart()
    {
        _comparison.Compare(
            ["seatId,a,b\n1,x\0,y\n2,\"p\nq\",\u05d0\n3,\0,\n"],
            ["seatId,a,b\n1,x,\0y\n2,\"p\nq\",\u05d0\n3,\0\0,\n"],
            ExportType.Seat
        );
        Assert.Equal(["Changed 1 a,b", "Changed 3 a"], _comparison.Differences.Select(ComparisonFixture.Show));
        Assert.Equal("x\0", ((IExtraColumns)_comparison.Differences[0].Reference!).GetExtra(1));
        Assert.Equal("\0y", ((IExtraColumns)_comparison.Differences[0].Difference!).GetExtra(2));
    }

    [Fact]
    public void Compare_DifferentExportTypes_Throws()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            _comparison.Compare($"{ComparisonFixture.ValidationHeader}\na,CONTACT,1,2\n", $"{Outcome}\n1,X\n")
        );
        Assert.Equal(LinkedInErrorId.ExportTypeMismatch, error.Id);
        Assert.Empty(_comparison.Recorder.All);
    }

    [Fact]
    public void Compare_MalformedRow_ThrowsWithoutOutput()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            _comparison.Compare(
                $"{ComparisonFixture.ValidationHeader}\na,CONTACT,1,2\n",
                $"{ComparisonFixture.ValidationHeader}\nb,CONTACT,1,2\nbroken\n"
            )
        );
        Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
        Assert.Empty(_comparison.Differences);
    }

    [Fact]
    public void Compare_EmptyFiles_EmitsNothing()
    {
        _comparison.Compare("", "");
        _comparison.Compare(ComparisonFixture.ValidationHeader, "");
        Assert.Empty(_comparison.Differences);
        Assert.Equal(
            ["Added a CONTACT "],
            _comparison.Compare("", $"{ComparisonFixture.ValidationHeader}\na,CONTACT,1,2\n").Select(ComparisonFixture.Show)
        );
    }
}
