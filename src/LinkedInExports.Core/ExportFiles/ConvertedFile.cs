using System.Globalization;
using System.Text;
using CsvHelper;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// Recognizes CSV files that Export-Csv or a runbook wrote from records. They are often in the folder of the exports, and their
/// columns are almost those of an export.
/// </summary>
internal static class ConvertedFile
{
    /// <summary>
    /// Whether the file has the columns of a record's source, or the columns have the names of properties and the times are not
    /// in the format of an export. LinkedIn does not document upper and lower case, so the names of its columns alone prove
    /// nothing. A file that cannot be read is not recognized.
    /// </summary>
    internal static bool IsConverted(string path)
    {
        try
        {
            // Opening an empty file, which may be a pipe, could block.
            if (ExportManifest.ExistsFor(path) || new FileInfo(path).Length == 0)
                return false;
            using FileStream file = SequentialFile.OpenRead(path, FileShare.ReadWrite | FileShare.Delete);
            ExportText text = ExportText.Open(file, encoding: null);
            using CsvReader csv = CsvReader.Create(
                text,
                CsvDialect.ForRecords(Delimiters.Detect(text.Head), _ => { }),
                leaveOpen: true
            );
            return csv.Read() && IsConverted(csv.Current.ToArray(), () => csv.Read() ? csv.Current.ToArray() : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            return false;
        }
    }

    /// <summary>Whether the header has the names of properties, so that the file may be converted.</summary>
    internal static bool HasPropertyNames(IReadOnlyList<string> header, ExportType exportType) =>
        HasSource(header) || HasPropertiesOf(header, exportType);

    private static bool HasSource(IReadOnlyList<string> header) => !RecordSource.PropertyNames.Except(header).Any();

    private static bool HasPropertiesOf(IReadOnlyList<string> header, ExportType exportType) =>
        ExportSchema
            .GetColumns(exportType)
            .Select(column => (Property: ExportSchema.GetProperty(column), Index: ExportSchema.IndexOf(header, column)))
            .All(column => column.Index < 0 || header[column.Index] == column.Property);

    private static bool IsConverted(string[] header, Func<string[]?> readRow)
    {
        if (HasSource(header))
            return true;
        if (ExportSchema.DetectExportType(header) is not { } exportType || !HasPropertiesOf(header, exportType))
            return false;

        int[] times =
        [
            .. ExportSchema
                .TimestampColumns.Where(column => ExportSchema.GetColumns(exportType).Contains(column))
                .Select(column => ExportSchema.IndexOf(header, column))
                .Where(index => index >= 0),
        ];
        return times.Length > 0
            && readRow() is var row
            && (row is null || times.Any(index => index >= row.Length || !IsTimeOfExport(row[index], exportType)));
    }

    private static bool IsTimeOfExport(string value, ExportType exportType) =>
        exportType == ExportType.CrmValidation
            ? long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : ActivityTime.TryParse(Encoding.UTF8.GetBytes(value), out _);
}
