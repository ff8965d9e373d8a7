using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Benchmarks.Servers;

/// <summary>Files with manifests, as Save-ExportFile writes them.</summary>
internal static class SavedExport
{
    /// <summary>Gets an activity export with a manifest.</summary>
    internal static string Activities(BenchmarkContext bench, long rows)
    {
        string path = bench.File($"activity-{rows}.csv", stream => RepeatedRows.WriteActivities(stream, rows));
        if (!ExportManifest.ExistsFor(path))
            Describe(path, ExportType.Activity, rows);
        return path;
    }

    private static void Describe(string path, ExportType exportType, long rows)
    {
        using FileStream file = File.OpenRead(path);
        var manifest = new ExportManifest
        {
            Format = ExportManifest.CurrentFormat,
            ExportType = exportType,
            JobId = 1,
            Owner = "urn:li:contract:7001",
            Part = 1,
            PartCount = 1,
            Length = file.Length,
            RowCount = rows,
            Sha256 = Sha256Hash.ComputeHex(file, CancellationToken.None),
            Columns = [.. ExportSchema.GetColumns(exportType)],
            HasHeader = true,
        };
        manifest.SaveFor(FileSystem.Real, path);
    }
}
