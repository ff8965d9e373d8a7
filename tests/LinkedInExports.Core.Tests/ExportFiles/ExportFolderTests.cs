using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

public sealed class ExportFolderTests : IDisposable
{
    private const string Source = "JobId,Contract,CrmInstanceId,FilePath,RowNumber";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GetFiles_OfFolder_AreExportFilesInOrder()
    {
        string second = _folder.Write("b.csv", ReaderFixture.Header + "\na,LEAD,1,2\n");
        string first = _folder.Write("a.CSV", "");
        string withManifest = _folder.Write("c.txt", "seatId\n1\n");
        _folder.Write("c.txt.manifest.json", "{}");
        _folder.Write("b.csv.manifest.json", "{}");
        _folder.Write("d.csv.partial", "");
        _folder.Write("report.html", "");
        Assert.Equal([first, second, withManifest], ExportFolder.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("CrmId,CrmRecordType,ExpiredAt,CreatedAt\na,LEAD,2025-01-01T00:00:00.000Z,2025-01-01T00:00:00.000Z\n")]
    [InlineData("\"CrmId\";\"CrmRecordType\";\"ExpiredAt\";\"CreatedAt\"\n\"a\";\"LEAD\";\"01/31/2025 00:00:00 +00:00\";\"\"\n")]
    [InlineData("CrmId,CrmRecordType,ExpiredAt,CreatedAt\n")]
    [InlineData("ActivityId,ActivityType,CreatedAt,SeatId,MemberIdentityKey\na,SAVED_LEAD,2025-01-03T08:15:30Z,7,\n")]
    [InlineData("seatId,date," + Source + "\n7,01-03-2025,1,,,f.csv,1\n")]
    [InlineData("ActivityId,ActivityType,score," + Source + "\na,b,1,1,,,f.csv,1\n")]
    public void IsExportFile_ConvertedRecords_IsFalse(string text) =>
        Assert.False(ExportFolder.IsExportFile(_folder.Write("file.csv", text)));

    [Theory]
    [InlineData("")]
    [InlineData("crmId,crmRecordType,expiredAt,createdAt\n")]
    [InlineData("crmId,crmRecordType,expiredAt,createdAt\na,LEAD,not a time,2\n")]
    [InlineData("CrmId,CrmRecordType,ExpiredAt,CreatedAt\na,LEAD,-1,2\n")]
    [InlineData("ActivityId,ActivityType,CreatedAt,SeatId\na,SAVED_LEAD,01-03-2025 08:15:30,7\n")]
    [InlineData("ActivityId,ActivityType,Score\na,b,1\n")]
    [InlineData("name,age\na,1\n")]
    public void IsExportFile_OtherFiles_IsTrue(string text) =>
        Assert.True(ExportFolder.IsExportFile(_folder.Write("file.csv", text)));

    [Fact]
    public void IsExportFile_WithManifest_IsTrue()
    {
        string path = _folder.Write("file.csv", "CrmId,CrmRecordType,ExpiredAt,CreatedAt\na,LEAD,x,y\n");
        _folder.Write("file.csv.manifest.json", "{}");
        Assert.True(ExportFolder.IsExportFile(path));
    }
}
