using System.Management.Automation;
using System.Text;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Outputs the records of export files, one after the other, on constant memory. Columns that nobody documented become
/// properties under their own names.
/// </summary>
[Cmdlet(VerbsData.Import, "ExportFile", DefaultParameterSetName = PathSet, HelpUri = LinkedInDocs.ExportsSchema)]
[OutputType(typeof(CrmValidationRecord), typeof(SalesActivityRecord), typeof(ActivityOutcomeRecord), typeof(SeatRecord))]
public sealed class ImportExportFileCommand : LinkedInCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private ImportOptions _options = new();

    /// <summary>The files; wildcards are expanded, unless a file has exactly that name.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = PathSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.ImportExportFile.Path
    )]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, with every character taken as it is.</summary>
    [Parameter(
        Mandatory = true,
        ParameterSetName = LiteralPathSet,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.ImportExportFile.LiteralPath
    )]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Specifies the type of export that the files contain. By default, the manifest of a file shows it, or else its header.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.ExportType)]
    public ExportType? ExportType { get; set; }

    /// <summary>
    /// Specifies the encoding of files without a byte order mark. The default is UTF-8. A row with bytes that are invalid in
    /// the encoding is malformed.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.Encoding)]
    [Encoding]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding? Encoding { get; set; }

    /// <summary>Specifies the character between the values of a row. By default, the first row shows it.</summary>
    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.Delimiter)]
    [ValidateDelimiter]
    [ArgumentCompleter(typeof(DelimiterCompleter))]
    public char? Delimiter { get; set; }

    /// <summary>Whether a row that cannot be read ends its file (Stop), or is reported and left out (Skip).</summary>
    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.MalformedRow)]
    public MalformedRowAction MalformedRow { get; set; }

    /// <summary>
    /// Writes an error for a file that lacks a documented column. By default, the property is null and a warning is written.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.Strict)]
    public SwitchParameter Strict { get; set; }

    /// <summary>
    /// Outputs each activity once, by its id, over all files of this command: exports whose periods overlap have some twice.
    /// Takes about 100 MB of memory for a million activities.
    /// </summary>
    [Parameter(HelpMessage = ParameterHelp.ImportExportFile.UniqueActivity)]
    public SwitchParameter UniqueActivity { get; set; }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<string> files =
            ParameterSetName == LiteralPathSet
                ? FilePaths.ResolveLiteral(this, LiteralPath)
                : FilePaths.ResolveWildcards(this, Path);

        foreach (string file in files)
        {
            CaptureError(() =>
            {
                // A plain loop on the pipeline's thread: nothing streams faster, and the next file is not opened before
                // the pipeline asks for it.
                using IEnumerator<object> records = ExportFileReader.Read(file, _options, Output, CancelToken).GetEnumerator();
                while (MoveNext(records, file))
                    WriteObject(records.Current);
            });
        }
    }

    /// <summary>Reads a record. What PowerShell throws to end the pipeline is none of the file's errors.</summary>
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
