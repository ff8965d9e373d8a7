using LinkedInExports.Core.Comparison;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Comparison;

/// <summary>Compares texts as files.</summary>
internal sealed class ComparisonFixture : IDisposable
{
    internal const string ValidationHeader = "crmId,crmRecordType,expiredAt,createdAt";

    internal TempFolder Folder { get; } = new();

    internal RecordingOutput Recorder { get; } = new();

    internal ExportDifference[] Differences => [.. Recorder.Outputs.Cast<ExportDifference>()];

    internal ExportDifference[] Compare(string reference, string difference) => Compare([reference], [difference]);

    internal ExportDifference[] Compare(
        string[] reference,
        string[] difference,
        ExportType? exportType = null,
        params string[] key
    ) => Compare(reference, difference, 64 * 1024 * 1024, Folder.Path, exportType, key);

    internal ExportDifference[] Compare(
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
                    ReferencePaths = [.. reference.Select((text, i) => Folder.Write($"reference-{i}.csv", text))],
                    DifferencePaths = [.. difference.Select((text, i) => Folder.Write($"difference-{i}.csv", text))],
                    ExportType = exportType,
                    Key = key ?? [],
                    MemoryBytes = memoryBytes,
                    ScratchFolder = scratch,
                },
                Recorder,
                cancellationToken
            )
            .Record(Recorder);
        return Differences;
    }

    internal static string Show(ExportDifference difference) => $"{difference} {string.Join(",", difference.ChangedColumns)}";

    public void Dispose() => Folder.Dispose();
}
