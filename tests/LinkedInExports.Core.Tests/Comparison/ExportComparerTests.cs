using System.Globalization;
using LinkedInExports.Core.Comparison;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Comparison;

public sealed class ExportComparerTests : IDisposable
{
    private const string Validation = "crmId,crmRecordType,expiredAt,createdAt";
    private const string Activity = "activityId,activityType,createdAt,seatId,memberIdentityKey";
    private const string Outcome = "activityId,activityType";

    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compare_DifferentFiles_EmitsDifferencesInKeyOrder()
    {
        Compare(
            $"{Validation}\nd,LEAD,1,2\nb,CONTACT,1,2\na,CONTACT,1,2\n",
            $"{Validation}\nc,CONTACT,5,6\na,CONTACT,1,2\nb,CONTACT,1,3\n"
        );

        Assert.Equal(["Changed b CONTACT CreatedAt", "Added c CONTACT ", "Removed d LEAD "], Differences.Select(Show));
        var before = Assert.IsType<CrmValidationRecord>(Differences[0].Reference);
        var after = Assert.IsType<CrmValidationRecord>(Differences[0].Difference);
        Assert.Equal((2L, 3L), (before.CreatedAt?.ToUnixTimeMilliseconds(), after.CreatedAt?.ToUnixTimeMilliseconds()));
        Assert.Equal("CONTACT", after.CrmRecordType);
        Assert.Null(Differences[1].Reference);
        Assert.Null(Differences[2].Difference);
        Assert.All(Differences, difference => Assert.Equal(ExportType.CrmValidation, difference.ExportType));
        Assert.Equal("The rows are matched by CrmId and CrmRecordType.", _recorder.VerboseLines[0]);
        Assert.Empty(_recorder.Warnings);
    }

    [Fact]
    public void Compare_OtherOrderOfRowsColumnsAndParts_EmitsNothing()
    {
        Compare(
            [$"{Validation},Owner\nb,CONTACT,1,2,x\n", $"{Validation},Owner\na,CONTACT,3,4,\"y, z\"\n", ""],
            ["OWNER,createdAt,expiredAt,crmRecordType,crmId\n\"y, z\",4,03,CONTACT,a\nx,2,1,CONTACT,b\n"]
        );
        Assert.Empty(Differences);
        Assert.Empty(_recorder.Warnings);
    }

    [Fact]
    public void Compare_Validations_UsesTypeInKeyCaseSensitively() =>
        Assert.Equal(
            ["Removed a CONTACT ", "Added a LEAD ", "Added b CONTACT ", "Added c CONTACT "],
            Compare($"{Validation}\na,CONTACT,1,2\n", $"{Validation}\na,LEAD,1,2\nc,CONTACT,1,2\nb,CONTACT,1,2\n").Select(Show)
        );

    [Fact]
    public void Compare_Activities_UsesActivityIdAsKey()
    {
        Compare(
            $"{Activity}\n2,SAVED_LEAD,01-03-2025 08:15:30,7,mk\n1,SAVED_LEAD,01-03-2025 08:15:30,7,\n",
            $"{Activity}\n1,SAVED_LEAD,01-03-2025 08:15:30,7,mk\n2,SAVED_ACCOUNT,01-03-2025 08:15:31,8,mk\n"
        );
        Assert.Equal(["Changed 1 MemberIdentityKey", "Changed 2 ActivityType,CreatedAt,SeatId"], Differences.Select(Show));
        var before = (SalesActivityRecord)Differences[0].Reference!;
        Assert.Equal(
            (null, 7L, new DateTimeOffset(2025, 1, 3, 8, 15, 30, TimeSpan.Zero)),
            (before.MemberIdentityKey, before.SeatId, before.CreatedAt)
        );
    }

    [Fact]
    public void Compare_Outcomes_UsesAllValuesAndCountsRows()
    {
        Compare(
            $"{Outcome}\n1,ACCEPTED\n1,ACCEPTED\n1,REJECTED\n2,ACCEPTED\n",
            $"{Outcome}\n1,ACCEPTED\n1,REJECTED\n1,REJECTED\n2,ACCEPTED\n"
        );
        Assert.Equal(["Removed 1 ACCEPTED ", "Added 1 REJECTED "], Differences.Select(Show));
        Assert.Empty(_recorder.Warnings);
        Assert.Contains(_recorder.VerboseLines, line => line.Contains("rows have no key", StringComparison.Ordinal));
    }

    [Fact]
    public void Compare_OutcomesWithOutcomeId_UsesItAsKey() =>
        Assert.Equal(
            ["Changed 9 ActivityType"],
            Compare($"{Outcome},outcomeId\n1,ACCEPTED,9\n", $"{Outcome},outcomeId\n1,REJECTED,9\n").Select(Show)
        );

    [Fact]
    public void Compare_Seats_UsesSeatIdAsKey()
    {
        Compare(
            ["name,seatId,status\nA,1,ACTIVE\nB,2,ACTIVE\n"],
            ["name,seatId,status\nA,1,ACTIVE\nB,2,INACTIVE\n"],
            ExportType.Seat
        );
        Assert.Equal(["Changed 2 status"], Differences.Select(Show));
        Assert.Equal("INACTIVE", ((IExtraColumns)Differences[0].Difference!).GetExtra(2));
        Assert.Empty(_recorder.Warnings);
    }

    [Fact]
    public void Compare_SeatsWithoutSeatId_UsesFirstColumnAndWarns()
    {
        Compare(["name,status\nA,ACTIVE\n"], ["name,status\nA,INACTIVE\n"], ExportType.Seat);
        Assert.Equal(["Changed A status"], Differences.Select(Show));
        Assert.Contains("matched by their first column, name", Assert.Single(_recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_WithKeyColumns_UsesThem()
    {
        Compare(
            ["seatId,date,score\n1,2025-01-01,5\n1,2025-01-02,6\n"],
            ["seatId,date,score\n1,2025-01-01,5\n1,2025-01-02,7\n"],
            ExportType.Seat,
            "DATE",
            "seatId"
        );
        Assert.Equal(["Changed 2025-01-02 1 score"], Differences.Select(Show));

        LinkedInException error = Assert.Throws<LinkedInException>(() => Compare(["a\n1\n"], ["a\n1\n"], ExportType.Seat, "b"));
        Assert.Equal(LinkedInErrorId.MissingColumn, error.Id);
        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_RepeatedKeys_ComparesGroupsAndWarns()
    {
        Compare(
            $"{Validation}\na,CONTACT,1,1\na,CONTACT,1,2\na,CONTACT,1,3\na,CONTACT,1,3\n",
            $"{Validation}\na,CONTACT,1,3\na,CONTACT,1,9\na,CONTACT,1,1\n"
        );
        Assert.Equal(["Changed a CONTACT CreatedAt", "Removed a CONTACT "], Differences.Select(Show));
        Assert.Equal(
            [
                "In the reference, 3 rows have the same CrmId and CrmRecordType as another row. Equal rows were matched first, "
                    + "and the others were paired in the order of their values.",
                "In the difference, 2 rows have the same CrmId and CrmRecordType as another row. Equal rows were matched first, "
                    + "and the others were paired in the order of their values.",
            ],
            _recorder.Warnings
        );
    }

    [Fact]
    public void Compare_ColumnsMissingInSomeFiles_AreKeptButNotCompared()
    {
        Compare(
            $"{Validation},Owner\na,CONTACT,1,2,x\nb,CONTACT,1,2,x\n",
            $"{Validation},Region\na,CONTACT,1,2,south\nb,CONTACT,3,2,south\n"
        );
        Assert.Equal(["Changed b CONTACT ExpiredAt"], Differences.Select(Show));
        Assert.Equal("x", ((IExtraColumns)Differences[0].Reference!).GetExtra(0));
        Assert.Equal("south", ((IExtraColumns)Differences[0].Difference!).GetExtra(0));
        Assert.Contains("Owner, Region", Assert.Single(_recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_SpecialCharacters_KeepsValuesApart()
    {
        Compare(
            ["seatId,a,b\n1,x\0,y\n2,\"p\nq\",\u05d0\n3,\0,\n"],
            ["seatId,a,b\n1,x,\0y\n2,\"p\nq\",\u05d0\n3,\0\0,\n"],
            ExportType.Seat
        );
        Assert.Equal(["Changed 1 a,b", "Changed 3 a"], Differences.Select(Show));
        Assert.Equal("x\0", ((IExtraColumns)Differences[0].Reference!).GetExtra(1));
        Assert.Equal("\0y", ((IExtraColumns)Differences[0].Difference!).GetExtra(2));
    }

    [Fact]
    public void Compare_DifferentExportTypes_Throws()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Compare($"{Validation}\na,CONTACT,1,2\n", $"{Outcome}\n1,X\n")
        );
        Assert.Equal(LinkedInErrorId.ExportTypeMismatch, error.Id);
        Assert.Empty(_recorder.All);
    }

    [Fact]
    public void Compare_MalformedRow_ThrowsWithoutOutput()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Compare($"{Validation}\na,CONTACT,1,2\n", $"{Validation}\nb,CONTACT,1,2\nbroken\n")
        );
        Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
        Assert.Empty(Differences);
    }

    [Fact]
    public void Compare_EmptyFiles_EmitsNothing()
    {
        Compare("", "");
        Compare(Validation, "");
        Assert.Empty(Differences);
        Assert.Equal(["Added a CONTACT "], Compare("", $"{Validation}\na,CONTACT,1,2\n").Select(Show));
    }

    [Theory]
    [InlineData(64 * 1024 * 1024)] // all of it in memory
    [InlineData(1024 * 1024)] // some runs on the disk
    [InlineData(64 * 1024)] // many, merged in several rounds
    public void Compare_AnyMemoryLimit_EmitsSameDifferences(int memoryBytes)
    {
        (string reference, string difference, string[] expected) = RandomExports(rows: 30_000);
        using var scratch = new TempFolder();
        Compare([reference], [difference], memoryBytes: memoryBytes, scratch: scratch.Path);

        Assert.Equal(expected, Differences.Select(Show));
        Assert.Empty(scratch.Names);
    }

    [Fact]
    public void Compare_ManyRowsOfOneKey_KeepsMemoryLimit()
    {
        // Keyed by the type: one heap of all rows, and no row of one side equals one of the other.
        string Export(int offset) =>
            Validation + "\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{offset + i},LEAD,1,2\n"));
        using var scratch = new TempFolder();
        Compare([Export(10_000)], [Export(20_000)], memoryBytes: 64 * 1024, scratch: scratch.Path, key: ["CrmRecordType"]);

        Assert.Equal(5000, Differences.Length);
        Assert.All(Differences, difference => Assert.Equal("Changed LEAD CrmId", Show(difference)));
        Assert.Equal("10000", ((CrmValidationRecord)Differences[0].Reference!).CrmId);
        Assert.Equal("20000", ((CrmValidationRecord)Differences[0].Difference!).CrmId);
        Assert.Equal("24999", ((CrmValidationRecord)Differences[^1].Difference!).CrmId);
        Assert.Empty(scratch.Names);
    }

    [Fact]
    public void Compare_RowsOnDisk_HaveNoVisibleFiles()
    {
        (string reference, string difference, _) = RandomExports(rows: 5000);
        using var scratch = new TempFolder();
        int looked = 0;
        _recorder.OnMessage = (_, _) =>
        {
            looked++;
            if (!OperatingSystem.IsWindows())
                Assert.Empty(scratch.Names);
        };
        Compare([reference], [difference], memoryBytes: 64 * 1024, scratch: scratch.Path);
        Assert.NotEqual(0, looked);
    }

    [Fact]
    public void Compare_Canceled_LeavesNoFiles()
    {
        (string reference, string difference, _) = RandomExports(rows: 5000);
        using var scratch = new TempFolder();
        using var stop = new CancellationTokenSource();
        _recorder.OnMessage = (stream, _) =>
        {
            if (stream == "Output")
                stop.Cancel();
        };
        Assert.Throws<OperationCanceledException>(() =>
            Compare([reference], [difference], memoryBytes: 64 * 1024, scratch: scratch.Path, cancellationToken: stop.Token)
        );
        Assert.Single(Differences);
        Assert.Empty(scratch.Names);
    }

    [Fact]
    public void Compare_ScratchFolderNotWritable_ThrowsFileWriteFailed()
    {
        (string reference, string difference, _) = RandomExports(rows: 5000);
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Compare([reference], [difference], memoryBytes: 64 * 1024, scratch: _folder.File("not-there"))
        );
        Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
    }

    /// <summary>Two exports with known differences, in random order.</summary>
    private static (string Reference, string Difference, string[] Expected) RandomExports(int rows)
    {
        var random = new Random(20260105);
        var before = new List<string>();
        var after = new List<string>();
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < rows; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{random.Next():x8}-{i}");
            string row = $"{id},CONTACT,{i},2,{new string('x', random.Next(100))}";
            switch (i % 100)
            {
                case 0:
                    before.Add(row);
                    expected.Add(id, $"Removed {id} CONTACT ");
                    break;
                case 1:
                    after.Add(row);
                    expected.Add(id, $"Added {id} CONTACT ");
                    break;
                case 2:
                    before.Add(row);
                    after.Add(row + "y");
                    expected.Add(id, $"Changed {id} CONTACT Note");
                    break;
                default:
                    before.Add(row);
                    after.Add(row);
                    break;
            }
        }

        return (Text(before), Text(after), [.. expected.Values]);

        string Text(List<string> lines)
        {
            string[] shuffled = [.. lines];
            random.Shuffle(shuffled);
            return $"{Validation},Note\n{string.Join("\n", shuffled)}\n";
        }
    }

    private ExportDifference[] Differences => [.. _recorder.Outputs.Cast<ExportDifference>()];

    private ExportDifference[] Compare(string reference, string difference) => Compare([reference], [difference]);

    private ExportDifference[] Compare(
        string[] reference,
        string[] difference,
        ExportType? exportType = null,
        params string[] key
    ) => Compare(reference, difference, 64 * 1024 * 1024, _folder.Path, exportType, key);

    private ExportDifference[] Compare(
        string[] reference,
        string[] difference,
        int memoryBytes,
        string scratch,
        ExportType? exportType = null,
        string[]? key = null,
        CancellationToken cancellationToken = default
    )
    {
        ExportComparer
            .Compare(
                new ComparisonOptions
                {
                    ReferencePaths = [.. reference.Select((text, i) => _folder.Write($"reference-{i}.csv", text))],
                    DifferencePaths = [.. difference.Select((text, i) => _folder.Write($"difference-{i}.csv", text))],
                    ExportType = exportType,
                    Key = key ?? [],
                    MemoryBytes = memoryBytes,
                    ScratchFolder = scratch,
                },
                _recorder,
                cancellationToken
            )
            .Record(_recorder);
        return Differences;
    }

    private static string Show(ExportDifference difference) => $"{difference} {string.Join(",", difference.ChangedColumns)}";
}
