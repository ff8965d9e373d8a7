using CsvHelper;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Text;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>
/// Numbers the rows of a file, reports what is wrong with them, and ends the reading where that is wished. Row 1 is the
/// first one of data; blank lines are not counted where rows have several values.
/// </summary>
internal sealed class RowErrorReporter(string path, MalformedRowAction action, IDiagnostics diagnostics)
{
    /// <summary>The last row that was read; 0 for the header.</summary>
    private long _row;
    private long _malformedRows;
    private long _repeatedActivities;

    /// <summary>The names of the columns; null until the header has been read.</summary>
    internal IReadOnlyList<string>? Header { get; set; }

    /// <summary>Runs a step of the reader and gives its failures a name.</summary>
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
                $"is longer than {CsvDialect.MaxRowBytes / 1024 / 1024} MB, so the rest of the file cannot be read; a quote "
                    + "is probably left open"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.CreateReadError(path, exception);
        }
    }

    /// <summary>Counts a row of data.</summary>
    internal void BeginRow() => _row++;

    /// <summary>The reader found a row that breaks the rules of CSV, and passes over it.</summary>
    internal void ReportMalformed(CsvMalformedRecord record)
    {
        LinkedInException failure = CreateError(
            NextRow,
            record.Reason switch
            {
                CsvMalformedReason.StrayQuote => "has a quote inside a field that is not quoted",
                CsvMalformedReason.TextAfterClosingQuote => "has text after the closing quote of a field",
                CsvMalformedReason.UnterminatedQuote => "has a quote that is never closed: the file is probably cut short",
                _ => "is not CSV",
            }
        );
        if (Header is null)
            throw failure; // Without its header, nothing of the file can be read.
        _row++;
        Report(failure);
    }

    /// <summary>The current row has another number of values than there are columns.</summary>
    internal void ReportWrongFieldCount(int fields) =>
        Report(
            CreateError(
                _row,
                fields < Header!.Count
                    ? $"has {fields} of {Header.Count} values; the first that is missing is that of column {fields + 1} "
                        + $"({Header[fields]})"
                    : $"has {fields} values for {Header.Count} columns"
            )
        );

    /// <summary>A value of the current row cannot be read.</summary>
    internal void ReportInvalidField(RecordReader.FieldError defect) =>
        Report(CreateError(_row, $"column {defect.Field + 1} ({Header![defect.Field]}) {defect.Reason}"));

    /// <summary>The header has a name that cannot be read.</summary>
    internal LinkedInException CreateInvalidHeaderError(RecordReader.FieldError defect) =>
        CreateError(0, $"column {defect.Field + 1} {defect.Reason}");

    /// <summary>An activity that came before.</summary>
    internal void ReportRepeated() => _repeatedActivities++;

    /// <summary>Sums up, once for the file.</summary>
    internal void Finish()
    {
        if (_repeatedActivities > 0)
            diagnostics.Verbose($"{path}: {_repeatedActivities} activities came before and were left out.");
        if (_malformedRows > 0)
            diagnostics.Warning($"{path}: {_malformedRows} malformed row{(_malformedRows == 1 ? " was" : "s were")} left out.");
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
