using System.Globalization;
using System.Text;
using LinkedInExports.Core.DataReaders;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.DataReaders;

/// <summary>Parts of jobs with manifests, as Save-ExportFile writes them.</summary>
internal sealed class PartFixture : IDisposable
{
    internal const string ActivityHeader = "activityId,activityType,createdAt,seatId,memberIdentityKey\n";

    internal const string TwoRows =
        ActivityHeader
        + "act-1,SAVED_LEAD,01-03-2025 08:15:30,7,mk-1\n"
        + "act-2,INMAIL_SENT,01-04-2025 09:00:00,9223372036854775807,\n";

    internal const string ValidationHeader = "crmId,crmRecordType,expiredAt,createdAt\n";

    internal TempFolder Folder { get; } = new();

    internal RecordingOutput Recorder { get; } = new();

    /// <summary>Writes the parts of a job of activities.</summary>
    internal string[] WriteActivities(params string[] parts) => Write(new Job(ExportType.Activity), parts);

    /// <summary>Writes the parts of a job.</summary>
    internal string[] Write(Job job, params string[] parts) =>
        [
            .. parts.Select(
                (text, index) =>
                    WritePart(
                        job,
                        Encoding.UTF8.GetBytes(text),
                        manifest => manifest with { Part = index + 1, PartCount = parts.Length }
                    )
            ),
        ];

    /// <summary>Writes a part with its manifest, whose facts are those that a download determines.</summary>
    internal string WritePart(Job job, byte[] content, Func<ExportManifest, ExportManifest> change)
    {
        using var stream = new MemoryStream(content);
        CsvProfile profile = CsvProfile.ReadAsync(stream, CancellationToken.None).GetAwaiter().GetResult();
        bool isEmpty = profile.FirstRow.Length == 0;
        ExportManifest manifest = change(
            new ExportManifest
            {
                Format = ExportManifest.CurrentFormat,
                ExportType = job.ExportType,
                JobId = job.JobId,
                Api = "api.linkedin.com",
                Owner = job.ExportType == ExportType.CrmValidation ? "urn:li:crmInstance:(A,b)" : "urn:li:contract:7001",
                EndAt = job.EndAt,
                Part = 1,
                PartCount = 1,
                Length = content.Length,
                RowCount = isEmpty ? 0 : profile.RowCount - 1,
                Sha256 = Sha256Hash.ComputeHex(content),
                Columns = profile.FirstRow,
                HasHeader = !isEmpty,
            }
        );
        string path = Folder.File($"{job.ExportType}-{job.JobId}-part{manifest.Part:000}.csv");
        File.WriteAllBytes(path, content);
        manifest.SaveFor(FileSystem.Real, path);
        return path;
    }

    internal ExportDataReader Open(params string[] paths) => Open(new DataReaderOptions(), paths);

    internal ExportDataReader Open(DataReaderOptions options, params string[] paths) =>
        ExportDataReader.Create(paths, options, Recorder, CancellationToken.None);

    /// <summary>Reads to the end, and returns the values of each row.</summary>
    internal static List<object[]> ReadAll(ExportDataReader reader)
    {
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            Assert.Equal(values.Length, reader.GetValues(values));
            rows.Add(values);
        }

        return rows;
    }

    /// <summary>Creates an activity export with different rows.</summary>
    internal static string CreateActivities(int rows, int firstRow = 0)
    {
        var text = new StringBuilder(ActivityHeader);
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"act-{row:D8},SAVED_LEAD,01-03-2025 08:{row % 60:D2}:30,{100_000 + row},mk-{row * 31}\n"
            );
        }

        return text.ToString();
    }

    public void Dispose() => Folder.Dispose();

    /// <summary>A job of an export type.</summary>
    internal sealed record Job(ExportType ExportType, long JobId = 42, long? EndAt = null);
}
