using CsvHelper;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads the records of an export file sequentially, with constant memory.</summary>
/// <remarks>
/// Columns are found by name, in any order and spelling. CRLF, LF, a byte order mark, UTF-16 and quoted line breaks are
/// supported; blank lines are skipped if rows have several values. An empty file, or one with only a header, has no records.
/// Each other row is a record or an error.
/// </remarks>
public static class ExportFileReader
{
    /// <summary>Reads the records of a file lazily.</summary>
    /// <param name="path">The path of a file or pipe.</param>
    /// <param name="options">The settings.</param>
    /// <param name="diagnostics">Receives a message for each skipped row.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// The file cannot be read, its columns are not those of an export, or a row is malformed and the options do not skip it.
    /// </exception>
    public static IEnumerable<object> Read(
        string path,
        ImportOptions options,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) => Read(path, options, diagnostics, time: null, cancellationToken);

    /// <summary>Reads the records with another clock for progress.</summary>
    internal static IEnumerable<object> Read(
        string path,
        ImportOptions options,
        IDiagnostics diagnostics,
        TimeProvider? time,
        CancellationToken cancellationToken
    )
    {
        using ExportFileHandle? file = ExportFileHandle.TryOpen(path, options, diagnostics, cancellationToken);
        if (file is null)
            yield break;

        CsvReader csv = file.Csv;
        RowErrorReporter errors = file.Errors;
        RecordReader reader = RecordReader.Create(file.ExportType, file.Columns, file.Source);
        var progress = new ImportProgress(file.Stream, diagnostics, time ?? TimeProvider.System);
        ISet<string>? seen = options.SeenActivities;
        while (file.ReadRow(cancellationToken))
        {
            progress.ReportRow();
            ExportRecord? record = reader.TryRead(csv, errors.Row, out RecordReader.FieldError error);
            if (record is null)
            {
                errors.ReportInvalidField(error);
            }
            else if (seen is not null && record is SalesActivityRecord { ActivityId: { } id } && !seen.Add(id))
            {
                errors.ReportRepeated();
            }
            else
            {
                yield return record;
            }
        }

        progress.Complete();
        errors.Finish();
    }
}
