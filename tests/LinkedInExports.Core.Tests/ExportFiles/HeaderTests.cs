using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>Files whose columns differ from LinkedIn's documentation.</summary>
public sealed class HeaderTests : IDisposable
{
    private const string Activity = "activityId,activityType,createdAt,seatId,memberIdentityKey";

    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_WithoutOptionalColumn_ReadsTheRecordsSilently(bool strict)
    {
        var record = (SalesActivityRecord)
            Read(
                    "activityId,activityType,createdAt,seatId\na,SAVED_ACCOUNT,01-03-2025 08:15:30,7\n",
                    new ImportOptions { Strict = strict }
                )
                .Single();

        Assert.Equal(
            ("a", "SAVED_ACCOUNT", 7L, null),
            (record.ActivityId, record.ActivityType, record.SeatId, record.MemberIdentityKey)
        );
        Assert.Empty(_recorder.All);
    }

    [Theory]
    [InlineData("Activity ID,Activity Type,Created At,Seat ID,Member Identity Key")]
    [InlineData("activity_id,activity_type,created_at,seat_id,member_identity_key")]
    [InlineData("ACTIVITY-ID,ActivityType, createdat ,SEATID,memberidentitykey")]
    public void Read_OtherSpelling_FindsTheColumns(string header)
    {
        object record = Read($"{header}\na,SAVED_LEAD,01-03-2025 08:15:30,7,m\n", new ImportOptions { Strict = true }).Single();

        Assert.Equal(typeof(SalesActivityRecord), record.GetType());
        var activity = (SalesActivityRecord)record;
        Assert.Equal(
            ("a", "SAVED_LEAD", 7L, "m"),
            (activity.ActivityId, activity.ActivityType, activity.SeatId, activity.MemberIdentityKey)
        );
        Assert.Equal(new DateTimeOffset(2025, 1, 3, 8, 15, 30, TimeSpan.Zero), activity.CreatedAt);
    }

    [Fact]
    public void Read_TwoColumnsWithSameSpelling_UsesNeither()
    {
        object record = Read("crmId,CRM Record Type,crm_record_type,expiredAt,createdAt\na,x,y,1,2\n").Single();
        Assert.Null(((CrmValidationRecord)record).CrmRecordType);
        Assert.Equal(["CRM Record Type", "crm_record_type"], ((IExtraColumns)record).ExtraNames);
    }

    [Fact]
    public void Read_ExactNameBesideAnotherSpelling_TakesTheExactOne()
    {
        object record = Read("crm id,crmId,crmRecordType,expiredAt,createdAt\nx,a,CONTACT,1,2\n").Single();
        Assert.Equal("a", ((CrmValidationRecord)record).CrmId);
        Assert.Equal(["crm id"], ((IExtraColumns)record).ExtraNames);
    }

    public static TheoryData<string, string, string> Missing =>
        new()
        {
            { "crmRecordType,expiredAt,createdAt\nCONTACT,1,2\n", "crmId", " CONTACT 1 2" },
            { "crmId,expiredAt,createdAt\na,1,2\n", "crmRecordType", "a  1 2" },
            { "crmId,crmRecordType,createdAt\na,CONTACT,2\n", "expiredAt", "a CONTACT  2" },
            { "crmId,crmRecordType,expiredAt,created\na,CONTACT,1,2\n", "createdAt", "a CONTACT 1 " },
            { "crmId,Owner\na,b\n", "crmRecordType, expiredAt, createdAt", "a   " },
        };

    [Theory]
    [MemberData(nameof(Missing))]
    public void Read_MissingColumn_GivesNullAndOneWarningOfTheFile(string text, string missing, string values)
    {
        var record = (CrmValidationRecord)Read(text, new ImportOptions { ExportType = ExportType.CrmValidation }).Single();

        Assert.Equal(
            values,
            $"{record.CrmId} {record.CrmRecordType} {record.ExpiredAt?.ToUnixTimeMilliseconds()} "
                + $"{record.CreatedAt?.ToUnixTimeMilliseconds()}"
        );
        Assert.Contains($"the header does not have {missing}.", Assert.Single(_recorder.Warnings), StringComparison.Ordinal);
        Assert.Single(_recorder.All);
    }

    [Theory]
    [MemberData(nameof(Missing))]
    public void Read_MissingColumnAndStrict_IsOneErrorBeforeAnyRecord(string text, string missing, string values)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Read(text, new ImportOptions { ExportType = ExportType.CrmValidation, Strict = true })
        );
        Assert.Equal(LinkedInErrorId.MissingColumn, error.Id);
        Assert.Contains($"does not have {missing}.", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(values);
    }

    [Theory]
    [InlineData("activityType,createdAt,seatId\nX,01-03-2025 08:15:30,7\n", " X 2025-01-03 08:15:30Z 7")]
    [InlineData("activityId,createdAt,seatId\na,01-03-2025 08:15:30,7\n", "a  2025-01-03 08:15:30Z 7")]
    [InlineData("activityId,activityType,seatId\na,X,7\n", "a X  7")]
    [InlineData("activityId,activityType,createdAt,seat\na,X,01-03-2025 08:15:30,7\n", "a X 2025-01-03 08:15:30Z ")]
    public void Read_MissingColumnOfActivities_GivesNull(string text, string values)
    {
        var record = (SalesActivityRecord)Read(text, new ImportOptions { ExportType = ExportType.Activity }).Single();
        Assert.Equal(values, $"{record.ActivityId} {record.ActivityType} {record.CreatedAt:u} {record.SeatId}");
        Assert.Single(_recorder.Warnings);
    }

    [Fact]
    public void Read_OutcomesUnderAnotherName_GivesTheColumnUnderItsName()
    {
        object record = Read(
                "activityId,outcomeType\na,INMAIL_ACCEPTED\n",
                new ImportOptions { ExportType = ExportType.ActivityOutcome }
            )
            .Single();
        Assert.Equal(("a", null), (((ActivityOutcomeRecord)record).ActivityId, ((ActivityOutcomeRecord)record).ActivityType));
        Assert.Equal("INMAIL_ACCEPTED", ((IExtraColumns)record).GetExtra(0));
    }

    [Fact]
    public void Read_UniqueActivitiesWithoutIds_OutputsAll()
    {
        var options = new ImportOptions { ExportType = ExportType.Activity, SeenActivities = new HashSet<string>() };
        Assert.Equal(
            2,
            Read("activityType,createdAt,seatId\nX,01-03-2025 08:15:30,7\nX,01-03-2025 08:15:30,7\n", options).Length
        );
    }

    /// <summary>The first row may be data, which must not be lost.</summary>
    [Fact]
    public void Read_NoDocumentedColumnAtAll_IsAnError()
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            Read(
                "0035g00000XYZ,CONTACT,1735700000123,1735707200000\n",
                new ImportOptions { ExportType = ExportType.CrmValidation }
            )
        );
        Assert.Equal(LinkedInErrorId.MissingColumn, error.Id);
        Assert.DoesNotContain("0035g", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crmId,crmRecordType,expiredAt", ExportType.CrmValidation)]
    [InlineData("crmId,createdAt", ExportType.CrmValidation)]
    [InlineData("activityId,createdAt,seatId", ExportType.Activity)]
    [InlineData(Activity + ",x", ExportType.Activity)]
    [InlineData("activityId,activityType,seat", ExportType.ActivityOutcome)]
    public void DetectExportType_HeaderThatLacksColumns_IsRecognizedByTheOthers(string header, ExportType exportType) =>
        Assert.Equal(exportType, ExportSchema.DetectExportType(header.Split(',')));

    [Theory]
    [InlineData("crmId,Owner")]
    [InlineData("crmRecordType,expiredAt,createdAt")]
    [InlineData("activityId,outcomeType")]
    [InlineData("seatId,name")]
    [InlineData("createdAt")]
    public void DetectExportType_HeaderOfAnotherFile_IsNull(string header) =>
        Assert.Null(ExportSchema.DetectExportType(header.Split(',')));

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData(',')]
    public void Read_OtherDelimiter_IsSeenFromTheHeader(char delimiter)
    {
        string text =
            $"{Activity},Team\na,SAVED_LEAD,01-03-2025 08:15:30,7,m,\"x, y;\tz\"\nb,SAVED_LEAD,01-03-2025 08:15:30,7,,\n";
        string[] rows = text.Replace("\"x, y;\tz\"", "#", StringComparison.Ordinal).Split('\n');
        text = string.Join(
            '\n',
            rows.Select(row => row.Replace(',', delimiter).Replace("#", "\"x, y;\tz\"", StringComparison.Ordinal))
        );

        object[] records = Read(text, new ImportOptions { Strict = true });
        Assert.Equal(["a", "b"], records.Cast<SalesActivityRecord>().Select(record => record.ActivityId));
        Assert.Equal("x, y;\tz", ((IExtraColumns)records[0]).GetExtra(0));
    }

    [Theory]
    [InlineData("seatId;name;status\n7;Ana, Ltd;ACTIVE\n", "7|Ana, Ltd|ACTIVE")]
    [InlineData("seatId,name;title\n7,Ana;CEO\n", "7|Ana;CEO")]
    [InlineData("Nummer;Name\n7;Ana\n", "7|Ana")]
    [InlineData("Nummer,Name;Titel\n7,Ana\n", "7|Ana")]
    [InlineData("seatId\n7\n", "7")]
    public void Read_DelimiterOfSeats_IsTheOneThatFitsTheHeader(string text, string values)
    {
        var record = (IExtraColumns)Read(text, new ImportOptions { ExportType = ExportType.Seat }).Single();
        Assert.Equal(values, string.Join('|', record.ExtraNames.Select((_, i) => record.GetExtra(i))));
    }

    [Theory]
    [InlineData('|')]
    [InlineData(' ')]
    public void Read_DelimiterThatIsGiven_IsUsed(char delimiter)
    {
        object record = Read(
                $"crmId,crmRecordType,expiredAt,createdAt\n\"a{delimiter}b\",CONTACT,1,2\n".Replace(',', delimiter),
                new ImportOptions { Delimiter = delimiter }
            )
            .Single();
        Assert.Equal($"a{delimiter}b", ((CrmValidationRecord)record).CrmId);
    }

    [Theory]
    [InlineData("crmId,crmRecordType,expiredAt,createdAt,,Column5\na,C,1,2,x,y\n", "Column5_2=x Column5=y")]
    [InlineData("crmId,crmRecordType,expiredAt,createdAt,column6,\na,C,1,2,x,y\n", "column6=x Column6_2=y")]
    [InlineData("crmId,crmRecordType,expiredAt,createdAt,,\na,C,1,2,x,y\n", "Column5=x Column6=y")]
    public void Read_ColumnWithoutName_GetsOneThatIsFree(string text, string columns)
    {
        var record = (IExtraColumns)Read(text).Single();
        Assert.Equal(columns, string.Join(' ', record.ExtraNames.Select((name, i) => $"{name}={record.GetExtra(i)}")));
    }

    [Theory]
    [InlineData("12-31-2016 23:59:60", "2016-12-31 23:59:59Z")]
    [InlineData("06-30-2015 23:59:60", "2015-06-30 23:59:59Z")]
    public void Read_LeapSecond_IsTheSecondBefore(string time, string expected)
    {
        var record = (SalesActivityRecord)Read($"{Activity}\na,X,{time},1,\n").Single();
        Assert.Equal(expected, $"{record.CreatedAt:u}");
    }

    [Theory]
    [InlineData("12-31-2016 22:59:60")]
    [InlineData("12-31-2016 23:58:60")]
    [InlineData("12-30-2016 23:59:60")]
    [InlineData("12-31-2016 23:59:61")]
    public void Read_SecondThatIsImpossible_IsMalformed(string time) =>
        Assert.Equal(
            LinkedInErrorId.MalformedRow,
            Assert.Throws<LinkedInException>(() => Read($"{Activity}\na,X,{time},1,\n")).Id
        );

    private object[] Read(string text, ImportOptions? options = null) =>
        [
            .. ExportFileReader.Read(
                _folder.Write("export.csv", text),
                options ?? new ImportOptions(),
                _recorder,
                CancellationToken.None
            ),
        ];
}
