using System.Runtime.CompilerServices;
using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.DataReaders;

/// <summary>The rows of all files, one at a time.</summary>
internal sealed class ExportRows(ExportPartSet files, ExportRow row, DataReaderOptions options) : IDisposable
{
    /// <summary>The ordinal of the first documented column of an activity.</summary>
    private const int ActivityId = 0;

    private readonly ISet<string>? _seen = files.ExportType == ExportType.Activity ? options.Import.SeenActivities : null;
    private PartFile? _file;
    private int _nextPart;

    /// <summary>The malformed rows that were skipped.</summary>
    internal SkippedRows Skipped { get; } = new();

    /// <summary>Reads the next row. Each file is verified at its end.</summary>
    /// <returns>False at the end of the last file.</returns>
    [MethodImpl(JitOptions.Optimized)]
    internal bool Read(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_file is null)
            {
                if (_nextPart == files.Parts.Count)
                    return false;
                _file = PartFile.Open(files.Parts[_nextPart++], options, Skipped, cancellationToken);
                if (_file.Handle is not null)
                    row.Attach(_file.Handle);
            }

            if (ReadRow(_file, cancellationToken))
                return true;
            Dispose();
        }
    }

    /// <summary>Closes the current file.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    [MethodImpl(JitOptions.Optimized)]
    private bool ReadRow(PartFile file, CancellationToken cancellationToken)
    {
        while (file.ReadRow(cancellationToken))
        {
            if (!row.TryRead(out RecordReader.FieldError error))
                file.Handle!.Errors.ReportInvalidField(error);
            else if (_seen is null || row.IsNull(ActivityId) || _seen.Add(row.GetText(ActivityId)))
                return true;
        }

        return false;
    }
}
