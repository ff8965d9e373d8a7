using System.Data.Common;
using System.Management.Automation;
using System.Text;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.DataReaders;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Gets the records of export files in constant memory, or a reader for a database. Undocumented columns become
/// properties under their own names.
/// </summary>
[Cmdlet(VerbsData.Import, "ExportFile", DefaultParameterSetName = FilePaths.PathSet, HelpUri = HelpLinks.ImportExportFile)]
[OutputType(typeof(CrmValidationRecord), typeof(SalesActivityRecord), typeof(ActivityOutcomeRecord), typeof(SeatRecord))]
[OutputType(typeof(DbDataReader))]
public sealed class ImportExportFileCommand : PathCommand
{
    private readonly List<string> _readerPaths = [];
    private ImportOptions _options = new();
    private ExportDataReader? _reader;

    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.ExportType)]
    public ExportType? ExportType { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.Encoding)]
    [Encoding]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding? Encoding { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.Delimiter)]
    [ValidateDelimiter]
    [ArgumentCompleter(typeof(DelimiterCompleter))]
    public char? Delimiter { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.MalformedRow)]
    public MalformedRowAction MalformedRow { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.Strict)]
    public SwitchParameter Strict { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.UniqueActivity)]
    public SwitchParameter UniqueActivity { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.AsDataReader)]
    public SwitchParameter AsDataReader { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.IncludeSource)]
    public SwitchParameter IncludeSource { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.SkipVerification)]
    public SwitchParameter SkipVerification { get; set; }

    /// <summary>
    /// With a progress bar, PowerShell asks the terminal for the position of the cursor at each displayed record. On Linux and
    /// macOS, Ctrl+C discards the answer, and the shell would wait for it forever.
    /// </summary>
    private protected override bool ShowsProgress => base.ShowsProgress && !PipelineNeighbor.IsDisplayed(this);

    private protected override void OnBegin() =>
        _options = new ImportOptions
        {
            ExportType = ExportType,
            Encoding = Encoding,
            Delimiter = Delimiter,
            Strict = Strict,
            MalformedRow = MalformedRow,
            SeenActivities = UniqueActivity ? new HashSet<string>(StringComparer.Ordinal) : null,
        };

    protected override void ProcessRecord()
    {
        if (AsDataReader)
        {
            _readerPaths.AddRange(ResolveFilesOrThrow());
            return;
        }

        foreach (string file in ResolveFiles())
        {
            CaptureError(() =>
            {
                // A loop on the pipeline thread is the fastest way to stream, and opens the next file only when it is needed.
                using IEnumerator<object> records = ExportFileReader.Read(file, _options, Output, CancelToken).GetEnumerator();
                while (MoveNext(records, file))
                    WriteObject(records.Current);
            });
        }
    }

    private protected override void OnEnd()
    {
        if (_readerPaths.Count > 0)
            RunOrTerminate(OutputReader);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        _reader?.Cancel();
    }

    /// <summary>
    /// Outputs the reader. The next command of the pipeline uses it before this returns; a reader in a variable is used later.
    /// </summary>
    private void OutputReader()
    {
        var options = new DataReaderOptions
        {
            Import = _options,
            IncludesSource = IncludeSource,
            SkipsVerification = SkipVerification,
        };
        ExportDataReader reader = ExportDataReader.Create(_readerPaths, options, Output, CancelToken);
        _reader = reader;
        try
        {
            WriteObject(reader, enumerateCollection: false);
        }
        finally
        {
            // Not after each exception: Select-Object -First ends the pipeline with one, and outputs the reader.
            if (CancelToken.IsCancellationRequested)
                reader.Dispose();
            _reader = null;
        }
    }

    /// <summary>Reads a record. Exceptions with which PowerShell ends the pipeline are not errors of the file.</summary>
    private static bool MoveNext(IEnumerator<object> records, string file)
    {
        try
        {
            return records.MoveNext();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IContainsErrorRecord))
        {
            throw LinkedInException.FromUnexpected($"read {file}", exception);
        }
    }
}
