using System.Text;
using LinkedInExports.Core.DataReaders;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.DataReaders;

/// <summary>A reader ends only if the files are exactly what was saved, and all parts of their jobs.</summary>
public sealed class VerificationTests : IDisposable
{
    private static readonly LinkedInErrorId[] Expected =
    [
        LinkedInErrorId.ExportFileModified,
        LinkedInErrorId.MalformedRow,
        LinkedInErrorId.MissingColumn,
        LinkedInErrorId.DuplicateColumn,
    ];

    private readonly PartFixture _parts = new();

    public void Dispose() => _parts.Dispose();

    [Theory]
    [InlineData(MalformedRowAction.Stop)]
    [InlineData(MalformedRowAction.Skip)]
    public void Read_AnyByteCutOrChanged_ThrowsAndCommitsNothing(MalformedRowAction action)
    {
        string[] paths = _parts.WriteActivities(
            PartFixture.TwoRows,
            PartFixture.TwoRows.Replace("act", "a", StringComparison.Ordinal)
        );
        using var database = new SqliteDatabase();
        var options = new DataReaderOptions { Import = new ImportOptions { MalformedRow = action } };
        foreach (string path in paths)
        {
            byte[] content = File.ReadAllBytes(path);
            for (int at = 0; at < content.Length; at++)
            {
                AssertRejected(database, options, paths, path, content[..at]);
                AssertRejected(database, options, paths, path, [.. content[..at], .. content[(at + 1)..]]);
                foreach (byte mask in (byte[])[0x01, 0x20, 0x80])
                {
                    byte[] changed = [.. content];
                    changed[at] ^= mask;
                    AssertRejected(database, options, paths, path, changed);
                }
            }

            File.WriteAllBytes(path, content);
        }

        database.Load(_parts.Open(options, paths));
        Assert.Equal(4, database.CountRows());
    }

    [Fact]
    public void Read_RandomPositionsOfLargeFile_ThrowsAndCommitsNothing()
    {
        string[] paths = _parts.WriteActivities(PartFixture.CreateActivities(5000), PartFixture.CreateActivities(5000, 5000));
        using var database = new SqliteDatabase();
        var random = new Random(1);
        for (int i = 0; i < 1000; i++)
        {
            string path = paths[random.Next(paths.Length)];
            byte[] content = File.ReadAllBytes(path);
            int at = random.Next(content.Length);
            byte[] changed = [.. content];
            changed[at] ^= (byte)random.Next(1, 256);

            // The database takes most of the time, and its transaction does not depend on the position.
            AssertRejected(
                i % 50 == 0 ? database : null,
                new DataReaderOptions(),
                paths,
                path,
                i % 2 == 0 ? content[..at] : changed
            );
            File.WriteAllBytes(path, content);
        }

        database.Load(_parts.Open(paths));
        Assert.Equal(10_000, database.CountRows());
    }

    [Fact]
    public void Create_MissingPart_ThrowsBeforeFirstRow()
    {
        string[] paths = _parts.WriteActivities(
            PartFixture.TwoRows,
            PartFixture.CreateActivities(1),
            PartFixture.CreateActivities(2)
        );
        LinkedInException error = Assert.Throws<LinkedInException>(() => _parts.Open(paths[0], paths[2]));
        Assert.Equal(LinkedInErrorId.PartsMismatch, error.Id);
        Assert.Equal("The files of job 42 are not complete: of 3 parts, 2 is missing.", error.Message);
        error = Assert.Throws<LinkedInException>(() => _parts.Open(paths[1]));
        Assert.Contains("of 3 parts, 1, 3 are missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_RepeatedPart_Throws()
    {
        string[] paths = _parts.WriteActivities(PartFixture.TwoRows, PartFixture.CreateActivities(1));
        LinkedInException error = Assert.Throws<LinkedInException>(() => _parts.Open(paths[0], paths[1], paths[1]));
        Assert.Equal(LinkedInErrorId.PartsMismatch, error.Id);
        Assert.Contains("part 2 was specified 2 times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_PartsWithTheSameContent_ThrowsUnlessTheyAreEmpty()
    {
        string[] paths = _parts.WriteActivities(PartFixture.TwoRows, PartFixture.CreateActivities(1), PartFixture.TwoRows);
        LinkedInException error = Assert.Throws<LinkedInException>(() => _parts.Open(paths));
        Assert.Equal("The files of job 42 are not complete: parts 1 and 3 have the same content.", error.Message);
        _parts.Open(_parts.WriteActivities(PartFixture.ActivityHeader, PartFixture.ActivityHeader)).Dispose();
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(2, false)]
    [InlineData(6, false)]
    public void Create_AnnouncedRows_CanIncludeHeaders(long announced, bool isComplete)
    {
        string[] paths =
        [
            .. new[] { PartFixture.TwoRows, PartFixture.CreateActivities(1) }.Select(
                (text, index) =>
                    _parts.WritePart(
                        new PartFixture.Job(ExportType.Activity),
                        Encoding.UTF8.GetBytes(text),
                        manifest => manifest with { Part = index + 1, PartCount = 2, AnnouncedRowCount = announced }
                    )
            ),
        ];
        if (isComplete)
        {
            using ExportDataReader reader = _parts.Open(paths);
            Assert.Equal(3, PartFixture.ReadAll(reader).Count);
        }
        else
        {
            LinkedInException error = Assert.Throws<LinkedInException>(() => _parts.Open(paths));
            Assert.Equal(LinkedInErrorId.PartsMismatch, error.Id);
            Assert.Contains($"they have 3 rows, and LinkedIn announced {announced}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Create_WithoutManifest_ThrowsUnlessVerificationIsSkipped()
    {
        string path = _parts.Folder.Write("activity.csv", PartFixture.TwoRows);
        LinkedInException error = Assert.Throws<LinkedInException>(() => _parts.Open(path));
        Assert.Equal((LinkedInErrorId.ManifestMissing, path), (error.Id, error.Target));

        using ExportDataReader reader = _parts.Open(new DataReaderOptions { SkipsVerification = true }, path);
        Assert.Equal(2, PartFixture.ReadAll(reader).Count);
    }

    [Fact]
    public void Create_EditedManifest_Throws()
    {
        string path = Assert.Single(_parts.WriteActivities(PartFixture.TwoRows));
        string manifest = File.ReadAllText(path + ".manifest.json");
        File.WriteAllText(
            path + ".manifest.json",
            manifest.Replace("\"rowCount\":2", "\"rowCount\":3", StringComparison.Ordinal)
        );
        Assert.Equal(LinkedInErrorId.ExportFileModified, Assert.Throws<LinkedInException>(() => _parts.Open(path)).Id);
    }

    [Theory]
    [InlineData("\"rowCount\":2", "\"rowCount\":3", "it has 2 rows, but 3 according to its manifest")]
    [InlineData("\"seatId\"", "\"seatID\"", "its columns differ from its manifest")]
    public void Read_EditedManifestOfEarlierVersion_ThrowsAtTheEnd(string old, string edited, string message)
    {
        string path = Assert.Single(_parts.WriteActivities(PartFixture.TwoRows));
        string manifest = ManifestFile.WithoutChecksum(path).Replace(old, edited, StringComparison.Ordinal);
        File.WriteAllText(path + ".manifest.json", manifest);
        using ExportDataReader reader = _parts.Open(path);
        Assert.True(reader.Read());
        Assert.True(reader.Read());
        LinkedInException error = Assert.Throws<LinkedInException>(() => reader.Read());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Same(error, Assert.Throws<LinkedInException>(() => reader.Read()));
    }

    [Fact]
    public void Read_EncodingOfHeader_IsVerified()
    {
        byte[] content = Encoding.Latin1.GetBytes(
            "activityId,activityType,createdAt,seatId,memberIdentityKey,Größe\nact-1,X,01-03-2025 08:15:30,7,mk-1,groß\n"
        );
        string path = _parts.WritePart(new PartFixture.Job(ExportType.Activity), content, manifest => manifest);
        var options = new DataReaderOptions { Import = new ImportOptions { Encoding = Encoding.Latin1 } };
        using (ExportDataReader reader = _parts.Open(options, path))
        {
            Assert.Equal("groß", Assert.Single(PartFixture.ReadAll(reader))[reader.GetOrdinal("Größe")]);
        }

        content[^2] ^= 0x20;
        AssertRejected(null, options, [path], path, content);
    }

    [Fact]
    public void Read_DelimiterThatIsNotDetected_IsVerified()
    {
        string path = Assert.Single(_parts.WriteActivities(PartFixture.TwoRows.Replace(',', '|')));
        var options = new DataReaderOptions { Import = new ImportOptions { Delimiter = '|' } };
        using (ExportDataReader reader = _parts.Open(options, path))
        {
            Assert.Equal(2, PartFixture.ReadAll(reader).Count);
        }

        byte[] content = File.ReadAllBytes(path);
        content[^2] ^= 0x20;
        AssertRejected(null, options, [path], path, content);
    }

    [Fact]
    public void Create_SeveralExportTypes_Throws()
    {
        string activity = Assert.Single(_parts.WriteActivities(PartFixture.TwoRows));
        string seat = Assert.Single(_parts.Write(new PartFixture.Job(ExportType.Seat), "seatId,name\n7,Ann\n"));
        LinkedInException error = Assert.Throws<LinkedInException>(() => _parts.Open(activity, seat));
        Assert.Equal((LinkedInErrorId.ExportTypeMismatch, seat), (error.Id, error.Target));
    }

    [Fact]
    public void Read_FileReplacedAfterCreate_Throws()
    {
        string[] paths = _parts.WriteActivities(PartFixture.TwoRows, PartFixture.CreateActivities(1));
        using ExportDataReader reader = _parts.Open(paths);
        Assert.True(reader.Read());
        File.WriteAllText(paths[1], File.ReadAllText(paths[1]).Replace("seatId", "seatIx", StringComparison.Ordinal));
        Assert.True(reader.Read());
        LinkedInException error = Assert.Throws<LinkedInException>(() => reader.Read());
        Assert.Equal(LinkedInErrorId.ExportFileModified, error.Id);
        Assert.Contains("header", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MalformedRow_StopsOrIsSkippedAndCounted()
    {
        const string Text =
            PartFixture.ActivityHeader
            + "a,X,01-03-2025 08:15:30,7,\nb,X,yesterday,7,\n,X,01-03-2025 08:15:30,7,\nc,X,01-03-2025 08:15:30,x,\nd,X\n"
            + "e,X,01-03-2025 08:15:30,8,\n";
        string path = Assert.Single(_parts.WriteActivities(Text));
        using (ExportDataReader reader = _parts.Open(path))
        {
            Assert.True(reader.Read());
            LinkedInException error = Assert.Throws<LinkedInException>(() => reader.Read());
            Assert.Equal(LinkedInErrorId.MalformedRow, error.Id);
        }

        var options = new DataReaderOptions { Import = new ImportOptions { MalformedRow = MalformedRowAction.Skip } };
        using ExportDataReader skipping = _parts.Open(options, path);
        Assert.Equal(["a", "e"], PartFixture.ReadAll(skipping).Select(row => row[0]));
        Assert.Equal(4, skipping.SkippedRowCount);
        Assert.Contains("row 2 column 3 (createdAt)", skipping.SkippedRowErrors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NextResult_RemainingRows_AreVerified()
    {
        string[] paths = _parts.WriteActivities(PartFixture.TwoRows, PartFixture.CreateActivities(1));
        using (ExportDataReader reader = _parts.Open(paths))
            Assert.False(reader.NextResult());

        using ExportDataReader changed = _parts.Open(paths);
        Assert.True(changed.Read());
        File.WriteAllText(paths[1], File.ReadAllText(paths[1]).Replace("act", "ACT", StringComparison.Ordinal));
        Assert.Throws<LinkedInException>(() => changed.NextResult());
    }

    private void AssertRejected(
        SqliteDatabase? database,
        DataReaderOptions options,
        string[] paths,
        string changedPath,
        byte[] content
    )
    {
        File.WriteAllBytes(changedPath, content);
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
        {
            using ExportDataReader reader = _parts.Open(options, paths);
            if (database is null)
                while (reader.Read()) { }
            else
                database.Load(reader);
        });
        Assert.Contains(error.Id, Expected);
        if (database is not null)
            Assert.Equal(0, database.CountRows());
    }
}
