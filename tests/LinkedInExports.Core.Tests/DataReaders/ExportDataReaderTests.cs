using System.Data;
using System.Data.Common;
using System.Reflection;
using LinkedInExports.Core.DataReaders;
using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Tests.DataReaders;

/// <summary>The columns and values of a reader.</summary>
public sealed class ExportDataReaderTests : IDisposable
{
    private readonly PartFixture _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public void Read_Activities_HasTypedValues()
    {
        using ExportDataReader reader = _parts.Open(_parts.WriteActivities(PartFixture.TwoRows));
        Assert.Equal(
            ["ActivityId", "ActivityType", "CreatedAt", "SeatId", "MemberIdentityKey"],
            Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)
        );

        Assert.True(reader.Read());
        Assert.Equal("act-1", reader.GetString(0));
        Assert.Equal(new DateTime(2025, 1, 3, 8, 15, 30, DateTimeKind.Utc), reader.GetDateTime(2));
        Assert.Equal(DateTimeKind.Utc, reader.GetDateTime(2).Kind);
        Assert.Equal(7, reader.GetInt64(3));
        Assert.Equal("mk-1", reader["memberidentitykey"]);

        Assert.True(reader.Read());
        Assert.Equal(long.MaxValue, reader.GetValue(3));
        Assert.True(reader.IsDBNull(4));
        Assert.Equal(DBNull.Value, reader[4]);
        Assert.False(reader.Read());
        Assert.False(reader.Read());
    }

    [Fact]
    public void Read_Validations_HasTimesOfMilliseconds()
    {
        string[] paths = _parts.Write(
            new PartFixture.Job(ExportType.CrmValidation),
            PartFixture.ValidationHeader + "a,CONTACT,1770000000123,-62135596800000\n"
        );
        using ExportDataReader reader = _parts.Open(paths);
        object[] row = Assert.Single(PartFixture.ReadAll(reader));
        Assert.Equal(["a", "CONTACT", DateTime.UnixEpoch.AddMilliseconds(1_770_000_000_123), DateTime.MinValue], row);
    }

    [Fact]
    public void Read_OutcomesAndSeats_HaveColumnsOfTheFile()
    {
        using ExportDataReader outcomes = _parts.Open(
            _parts.Write(new PartFixture.Job(ExportType.ActivityOutcome), "activityId,activityType,score\na,REPLIED,\n")
        );
        Assert.Equal(["a", "REPLIED", ""], Assert.Single(PartFixture.ReadAll(outcomes)));
        using ExportDataReader seats = _parts.Open(_parts.Write(new PartFixture.Job(ExportType.Seat), "seatId,name\n7,Ann\n"));
        Assert.Equal("seatId", seats.GetName(0));
        Assert.Equal(["7", "Ann"], Assert.Single(PartFixture.ReadAll(seats)));
    }

    [Fact]
    public void Read_ColumnsOfSomeParts_AreNullInOthers()
    {
        string[] paths = _parts.WriteActivities(
            "activityId,activityType,createdAt,seatId\na,X,01-03-2025 08:15:30,7\n",
            "owner,activityId,activityType,createdAt,memberIdentityKey\nAnn,b,X,01-03-2025 08:15:30,mk\n",
            "Owner,activityId,activityType,createdAt,memberIdentityKey,region\nBob,c,X,01-03-2025 08:15:30,mk,EU\n"
        );
        using ExportDataReader reader = _parts.Open(paths);
        Assert.Equal(["owner", "region"], [reader.GetName(5), reader.GetName(6)]);
        List<object[]> rows = PartFixture.ReadAll(reader);
        Assert.Equal(["a", "X", rows[0][2], 7L, DBNull.Value, DBNull.Value, DBNull.Value], rows[0]);
        Assert.Equal([DBNull.Value, "mk", "Ann", DBNull.Value], rows[1][3..]);
        Assert.Equal([DBNull.Value, "mk", "Bob", "EU"], rows[2][3..]);
        Assert.Equal(
            [false, false, false, true, true, true, true],
            reader.GetColumnSchema().Select(column => column.AllowDBNull)
        );
        Assert.NotEmpty(_parts.Recorder.Warnings);
    }

    [Fact]
    public void Read_SourceIncluded_HasJobAndFile()
    {
        string[] paths = _parts.WriteActivities(PartFixture.TwoRows, PartFixture.CreateActivities(1));
        using ExportDataReader reader = _parts.Open(new DataReaderOptions { IncludesSource = true }, paths);
        List<object[]> rows = PartFixture.ReadAll(reader);
        Assert.Equal(["JobId", "Contract", "CrmInstanceId", "FilePath", "RowNumber"], Names(reader)[5..]);
        Assert.Equal([42L, "urn:li:contract:7001", DBNull.Value, paths[0], 2L], rows[1][5..]);
        Assert.Equal([42L, "urn:li:contract:7001", DBNull.Value, paths[1], 1L], rows[2][5..]);
    }

    [Fact]
    public void Read_ColumnWithNameOfSource_ReplacesIt()
    {
        string[] paths = _parts.Write(new PartFixture.Job(ExportType.Seat), "seatId,jobid\n7,x\n");
        using ExportDataReader reader = _parts.Open(new DataReaderOptions { IncludesSource = true }, paths);
        Assert.Equal(["seatId", "jobid", "Contract", "CrmInstanceId", "FilePath", "RowNumber"], Names(reader));
        Assert.Equal("x", Assert.Single(PartFixture.ReadAll(reader))[1]);
    }

    [Fact]
    public void Schema_OfReader_DescribesColumns()
    {
        using ExportDataReader reader = _parts.Open(_parts.WriteActivities(PartFixture.TwoRows));
        DataTable table = reader.GetSchemaTable();
        Assert.Equal(5, table.Rows.Count);
        Assert.Equal(
            ["SeatId", 3, typeof(long), false],
            [table.Rows[3]["ColumnName"], table.Rows[3]["ColumnOrdinal"], table.Rows[3]["DataType"], table.Rows[3]["AllowDBNull"]]
        );
        DbColumn column = reader.GetColumnSchema()[2];
        Assert.Equal(
            ("CreatedAt", 2, typeof(DateTime), "DateTime", false),
            (column.ColumnName, column.ColumnOrdinal, column.DataType, column.DataTypeName, column.AllowDBNull)
        );
        Assert.Equal(3, reader.GetOrdinal("SEATID"));
        Assert.Throws<IndexOutOfRangeException>(() => reader.GetOrdinal("none"));
        Assert.Equal((typeof(string), "String"), (reader.GetFieldType(0), reader.GetDataTypeName(0)));
    }

    [Theory]
    [InlineData(PartFixture.TwoRows, true)]
    [InlineData(PartFixture.ActivityHeader, false)]
    [InlineData("", false)]
    public void HasRows_BeforeRead_SkipsNoRow(string text, bool expected)
    {
        using ExportDataReader reader = _parts.Open(_parts.WriteActivities(text));
        Assert.Equal(expected, reader.HasRows);
        Assert.Throws<InvalidOperationException>(() => reader.GetValue(0));
        Assert.Equal(expected ? 2 : 0, PartFixture.ReadAll(reader).Count);
        Assert.Equal(expected, reader.HasRows);
    }

    [Fact]
    public void GetFieldValue_ColumnType_DoesNotBox()
    {
        using ExportDataReader reader = _parts.Open(_parts.WriteActivities(PartFixture.TwoRows));
        reader.Read();
        Assert.Equal("act-1", reader.GetFieldValue<string>(0));
        Assert.Equal(7L, reader.GetFieldValue<object>(3));
        Assert.Equal(TimeSpan.Zero, reader.GetFieldValue<DateTimeOffset>(2).Offset);
        long sum = 0;
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100_000; i++)
                sum += reader.GetFieldValue<long>(3) + reader.GetFieldValue<DateTime>(2).Second;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(3 * 100_000 * 37L, sum);
        Assert.InRange(allocated, 0, 10_000);
    }

    [Fact]
    public void GetFieldValue_Null_IsNullableOrThrows()
    {
        string[] paths = _parts.WriteActivities("activityId,activityType,createdAt\na,X,01-03-2025 08:15:30\n");
        using ExportDataReader reader = _parts.Open(paths);
        reader.Read();
        Assert.Null(reader.GetFieldValue<long?>(3));
        Assert.Equal(DBNull.Value, reader.GetFieldValue<object>(3));
        Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<long>(3));
        Assert.Throws<InvalidCastException>(() => reader.GetString(4));
    }

    [Fact]
    public void GetValue_OtherType_Throws()
    {
        using ExportDataReader reader = _parts.Open(_parts.WriteActivities(PartFixture.TwoRows));
        reader.Read();
        Assert.Throws<InvalidCastException>(() => reader.GetInt32(3));
        Assert.Throws<InvalidCastException>(() => reader.GetInt64(0));
        Assert.Throws<InvalidCastException>(() => reader.GetString(2));
        Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<Guid>(0));
        Assert.Throws<IndexOutOfRangeException>(() => reader.GetValue(5));
        var characters = new char[3];
        Assert.Equal(3, reader.GetChars(0, 1, characters, 0, 3));
        Assert.Equal("ct-", new string(characters));
    }

    [Fact]
    public async Task ReadAsync_Rows_ReadsAndCancels()
    {
        await using ExportDataReader reader = _parts.Open(_parts.WriteActivities(PartFixture.TwoRows));
        Assert.True(await reader.ReadAsync());
        Assert.Equal(7, await reader.GetFieldValueAsync<long>(3));
        Assert.False(await reader.IsDBNullAsync(4));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAsync(new CancellationToken(canceled: true)));
        Assert.Equal(5, (await reader.GetColumnSchemaAsync()).Count);
    }

    [Fact]
    public void Read_AfterClose_ThrowsAndIsNotTheEnd()
    {
        ExportDataReader reader = _parts.Open(_parts.WriteActivities(PartFixture.TwoRows));
        reader.Read();
        reader.Close();
        Assert.True(reader.IsClosed);
        Assert.Throws<InvalidOperationException>(() => reader.Read());
        Assert.Throws<InvalidOperationException>(() => reader.GetValue(0));
        reader.Cancel();
        reader.Dispose();
    }

    [Fact]
    public void Read_AfterCancel_Throws()
    {
        using ExportDataReader reader = _parts.Open(_parts.WriteActivities(PartFixture.TwoRows));
        reader.Read();
        reader.Cancel();
        Assert.Throws<OperationCanceledException>(() => reader.Read());
        Assert.Throws<OperationCanceledException>(() => reader.Read());
    }

    [Fact]
    public void Load_DataTable_HasRowsAndTypes()
    {
        using ExportDataReader reader = _parts.Open(
            _parts.WriteActivities(PartFixture.CreateActivities(10), PartFixture.CreateActivities(5, 10))
        );
        using var table = new DataTable();
        table.Load(reader);
        Assert.Equal(15, table.Rows.Count);
        Assert.Equal(typeof(DateTime), table.Columns["CreatedAt"]!.DataType);
        Assert.Equal(100_014L, table.Rows[14]["SeatId"]);
    }

    [Fact]
    public void Read_UniqueActivities_SkipsRepeatedOnes()
    {
        string[] paths = _parts.WriteActivities(PartFixture.CreateActivities(10), PartFixture.CreateActivities(10, 5));
        var options = new DataReaderOptions { Import = new ImportOptions { SeenActivities = new HashSet<string>() } };
        using ExportDataReader reader = _parts.Open(options, paths);
        Assert.Equal(15, PartFixture.ReadAll(reader).Count);
    }

    [Fact]
    public void Read_SeveralJobs_AreOrderedByPeriodAndPart()
    {
        string[] late = _parts.Write(
            new PartFixture.Job(ExportType.Seat, JobId: 1, EndAt: 2000),
            "seatId,name\n3,c\n",
            "seatId,name\n4,d\n"
        );
        string[] early = _parts.Write(
            new PartFixture.Job(ExportType.Seat, JobId: 2, EndAt: 1000),
            "seatId,name\n1,a\n",
            "seatId,name\n2,b\n"
        );
        using ExportDataReader reader = _parts.Open(late[1], early[1], late[0], early[0]);
        Assert.Equal(["1", "2", "3", "4"], PartFixture.ReadAll(reader).Select(row => row[0]));
    }

    [Fact]
    public void PublicMembers_OfReader_HaveNoTypesOfPackages() =>
        Assert.All(
            typeof(ExportDataReader)
                .GetMembers()
                .SelectMany(member =>
                    member switch
                    {
                        MethodInfo method => method
                            .GetParameters()
                            .Select(parameter => parameter.ParameterType)
                            .Append(method.ReturnType),
                        PropertyInfo property => [property.PropertyType],
                        _ => [],
                    }
                ),
            type => Assert.Matches(@"^(System|LinkedInExports)\b", type.Namespace)
        );

    private static string[] Names(ExportDataReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
}
