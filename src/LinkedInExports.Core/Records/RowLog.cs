using CsvHelper;
using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Records;

/// <summary>
/// Numbers the rows of a file, says what is wrong with those that are, and ends the reading where that is wished. Row 1
/// is the first one of data.
/// </summary>
internal sealed class RowLog(string path, bool hasHeader, MalformedRowAction action, IMessages messages)
{
    /// <summary>Rows that the reader passed over itself; it does not count them.</summary>
    private long _hiddenRows;
    private long _malformedRows;
    private long _repeatedActivities;

    internal IReadOnlyList<string> Header { get; set; } = [];

    /// <summary>Runs a step of the reader and gives its failures a name.</summary>
    internal T Guard<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (CsvFormatException exception)
        {
            throw Failure(
                Math.Max(0, exception.RecordNumber - (hasHeader ? 1 : 0)) + _hiddenRows,
                $"is longer than {CsvDialect.MaxRowBytes / 1024 / 1024} MB, so the rest of the file cannot be read; a quote is probably left open");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Reading(path, exception);
        }
    }

    /// <summary>The reader found a row that breaks the rules of CSV.</summary>
    internal void Malformed(CsvMalformedRecord record)
    {
        long row = record.RecordNumber - (hasHeader ? 1 : 0) + _hiddenRows;
        if (record.Skipped)
            _hiddenRows++;
        Report(Failure(row, record.Reason switch
        {
            CsvMalformedReason.StrayQuote => "has a quote inside a field that is not quoted",
            CsvMalformedReason.TextAfterClosingQuote => "has text after the closing quote of a field",
            CsvMalformedReason.UnterminatedQuote => "has a quote that is never closed: the file is probably cut short",
            CsvMalformedReason.FieldCountMismatch => FieldCount(CountFields(record.RawRecord)),
            _ => "is not CSV",
        }));
    }

    internal void WrongFieldCount(long row, int fields) => Report(Failure(row + _hiddenRows, FieldCount(fields)));

    internal void BadField(long row, RecordReader.Defect defect) =>
        Report(Failure(row + _hiddenRows, $"column {defect.Field + 1} ({Header[defect.Field]}) {defect.Reason}"));

    /// <summary>An activity that came before.</summary>
    internal void Repeated() => _repeatedActivities++;

    /// <summary>Sums up, once for the file.</summary>
    internal void Finish()
    {
        if (_repeatedActivities > 0)
            messages.Verbose($"{path}: {_repeatedActivities} activities came before and were left out.");
        if (_malformedRows > 0)
            messages.Warning($"{path}: {_malformedRows} malformed row{(_malformedRows == 1 ? " was" : "s were")} left out.");
    }

    private void Report(LinkedInException failure)
    {
        if (action == MalformedRowAction.Stop)
            throw failure;
        _malformedRows++;
        messages.Error(failure);
    }

    private string FieldCount(int fields) => fields < Header.Count
        ? $"has {fields} of {Header.Count} values; the first that is missing is that of column {fields + 1} ({Header[fields]})"
        : $"has {fields} values for {Header.Count} columns";

    private static int CountFields(string row)
    {
        using CsvReader reader = CsvReader.FromText(row, CsvDialect.Lenient(_ => { }));
        return reader.Read() ? reader.FieldCount : 0;
    }

    private LinkedInException Failure(long row, string what) =>
        new(LinkedInErrorId.MalformedRow, $"{path}: {(row == 0 ? "the header" : $"row {row}")} {what}.") { Target = $"{path}:{row}" };
}
