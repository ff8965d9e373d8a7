using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>Reads validation records.</summary>
internal sealed class ReaderFixture : IDisposable
{
    internal const string Header = "crmId,crmRecordType,expiredAt,createdAt";

    internal TempFolder Folder { get; } = new();

    internal RecordingOutput Recorder { get; } = new();

    internal static string Show(CrmValidationRecord record) =>
        $"{record.CrmRecordType} {record.CrmId} {record.ExpiredAt?.ToUnixTimeMilliseconds()} "
        + $"{record.CreatedAt?.ToUnixTimeMilliseconds()}";

    internal CrmValidationRecord[] Read(string text) => ReadFile(Folder.Write("export.csv", text));

    internal CrmValidationRecord[] ReadFile(string path, ImportOptions? options = null) =>
        [
            .. ExportFileReader
                .Read(path, options ?? new ImportOptions(), Recorder, CancellationToken.None)
                .Cast<CrmValidationRecord>(),
        ];

    public void Dispose() => Folder.Dispose();
}
