using CsvHelper;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Text;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// Counts the rows of a file, reports their errors, and stops reading if requested. Row 1 is the first data row. Blank lines do
/// not count if rows have several values.
/// </summary>
internal sealed class RowErrorReporter(string path, MalformedRowAction action, IDiagnostics diagnostics)
{
    private long _row;
    private long _malformedRows;
    private long _repeatedActivities;

    /// <summary>The number of the current row, or 0 for the header.</summary>
    internal long Row => _row;

    /// <summary>The names of the columns, or null before the header is read.</summary>
    internal IReadOnlyList<string>? Header { get; set; }

    /// <summary>Runs a step of the CSV reader and converts its exceptions.</summary>
    internal T Guard<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (CsvFormatException)
        {
            throw CreateError(
                NextRow,
                $"is longer than {CsvDialect.MaxRowBytes / 1024 / 1024} MB, so the rest of the file cannot be read. A quote is "
                    + "probably not closed"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.CreateReadError(path, exception);
        }
    }

    /// <summary>Counts a data row.</summary>
    internal void BeginRow() => _row++;

    /// <summary>Reports a row that is not valid CSV, which the reader skips.</summary>
    internal void ReportMalformed(CsvMalformedRecord record)
    {
        LinkedInException failure = CreateError(
            NextRow,
            record.Reason switch
            {
                CsvMalformedReason.StrayQuote => "has a quote in an unquoted field",
                CsvMalformedReason.TextAfterClosingQuote => "has text after the closing quote of a field",
                CsvMalformedReason.UnterminatedQuote => "has a quote that is not closed. The file is probably truncated",
                _ => "is not valid CSV",
            }
        );
        if (Header is null)
            throw failure; // Without its header, the file cannot be read.
        _row++;
        Report(failure);
    }

    /// <summary>Reports that the current row has a wrong number of values.</summary>
    internal void ReportWrongFieldCount(int fields) =>
        Report(
            CreateError(
                _row,
                fields < Header!.Count
                    ? $"has {fields} of {Header.Count} values; the first missing value is that of column {fields + 1} "
                        + $"({Header[fields]})"
                    : $"has {fields} values for {Header.Count} columns"
            )
        );

    /// <summary>Reports an invalid value of the current row.</summary>
    internal void ReportInvalidField(RecordReader.FieldError error) =>
        Report(CreateError(_row, $"column {error.Field + 1} ({Header![error.Field]}) {error.Reason}"));

    /// <summary>Creates the error of an invalid column name.</summary>
    internal LinkedInException CreateInvalidHeaderError(RecordReader.FieldError error) =>
        CreateError(0, $"column {error.Field + 1} {error.Reason}");

    /// <summary>Counts an activity that was read before.</summary>
    internal void ReportRepeated() => _repeatedActivities++;

    /// <summary>Reports the numbers of skipped rows at the end of the file.</summary>
    internal void Finish()
    {
        if (_repeatedActivities > 0)
            diagnostics.Verbose($"{path}: {_repeatedActivities} duplicate activities were skipped.");
        if (_malformedRows > 0)
            diagnostics.Warning($"{path}: {_malformedRows} malformed row{(_malformedRows == 1 ? " was" : "s were")} skipped.");
    }

    private long NextRow => Header is null ? 0 : _row + 1;

    private void Report(LinkedInException failure)
    {
        if (action == MalformedRowAction.Stop)
            throw failure;
        _malformedRows++;
        diagnostics.Error(failure);
    }

    private LinkedInException CreateError(long row, SanitizedText what) =>
        new(LinkedInErrorId.MalformedRow, $"{path}: {(row == 0 ? "the header" : $"row {row}")} {what}.")
        {
            Target = $"{path}:{row}",
        };
}
