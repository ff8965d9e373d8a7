using System.Management.Automation;
using System.Text;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Reports;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Creates a web page of export files or records: CRM validation, sales activities and their outcomes, seats, and resume syncs,
/// with charts and tables. The page is one file that does not load anything. Records that occur twice, because the periods of
/// exports overlap, are counted once.
/// </summary>
[Cmdlet(
    VerbsCommon.New,
    "ExportReport",
    DefaultParameterSetName = InputObjectSet,
    SupportsShouldProcess = true,
    HelpUri = HelpLinks.NewExportReport
)]
[OutputType(typeof(FileInfo))]
public sealed class NewExportReportCommand : LinkedInCommand
{
    private const string InputObjectSet = "InputObject";
    private const string LedgerSet = "Ledger";

    private readonly HashSet<string> _inputPaths = new(StringComparer.OrdinalIgnoreCase);
    private ExportReport? _report;
    private ImportOptions _import = new();
    private string[] _ownerColumns = [];
    private string _outputPath = "";
    private bool _hasInput; // A file or ledger was read, possibly without records.

    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = FilePaths.PathSet,
        HelpMessage = ParameterHelp.NewExportReport.Path
    )]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    [Parameter(
        Mandatory = true,
        ParameterSetName = FilePaths.LiteralPathSet,
        HelpMessage = ParameterHelp.NewExportReport.LiteralPath
    )]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LedgerSet, HelpMessage = ParameterHelp.NewExportReport.LedgerPath)]
    [ValidateNotNullOrEmpty]
    public string[] LedgerPath { get; set; } = [];

    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = InputObjectSet,
        ValueFromPipeline = true,
        HelpMessage = ParameterHelp.NewExportReport.InputObject
    )]
    [ValidateNotNullOrEmpty]
    public PSObject[] InputObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, HelpMessage = ParameterHelp.NewExportReport.OutputPath)]
    [ValidateNotNullOrEmpty]
    public string OutputPath { get; set; } = "";

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.Title)]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "LinkedIn exports";

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.OwnerColumn)]
    [ValidateNotNullOrEmpty]
    public string? OwnerColumn { get; set; }

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.MaxTableRow)]
    [ValidateRange(0, 1_000_000)]
    public int? MaxTableRow { get; set; }

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.ExportType)]
    public ExportType? ExportType { get; set; }

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.Encoding)]
    [Encoding]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding? Encoding { get; set; }

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.Delimiter)]
    [ValidateDelimiter]
    [ArgumentCompleter(typeof(DelimiterCompleter))]
    public char? Delimiter { get; set; }

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.MalformedRow)]
    public MalformedRowAction MalformedRow { get; set; }

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.AllowEmpty)]
    public SwitchParameter AllowEmpty { get; set; }

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.NoClobber)]
    public SwitchParameter NoClobber { get; set; }

    [Parameter(HelpMessage = ParameterHelp.NewExportReport.Open)]
    public SwitchParameter Open { get; set; }

    private protected override void OnBegin()
    {
        _outputPath = FilePaths.ResolveFile(this, OutputPath);
        EnsureOutputAvailable();
        if (!ShouldProcess(_outputPath, "Write a report"))
            return;

        _import = new ImportOptions
        {
            ExportType = ExportType,
            Encoding = Encoding,
            Delimiter = Delimiter,
            MalformedRow = MalformedRow,
        };
        _ownerColumns = OwnerColumn is null ? [.. ReportOptions.KnownOwnerColumns] : [OwnerColumn];
        _report = new ExportReport(
            new ReportOptions
            {
                Title = Title,
                OwnerColumn = OwnerColumn,
                MaxTableRows = MaxTableRow,
            }
        );
    }

    protected override void ProcessRecord()
    {
        if (_report is null)
            return;

        switch (ParameterSetName)
        {
            case FilePaths.PathSet or FilePaths.LiteralPathSet:
                AddFiles(FilePaths.Resolve(this, Path, LiteralPath, Output.Error));
                break;
            case LedgerSet:
                foreach (string path in LedgerPath)
                    _hasInput |= CaptureError(() => _report.AddLedger(FilePaths.ResolveFolder(this, path), CancelToken)) is null;
                break;
            default:
                foreach (PSObject item in InputObject)
                    Add(item);
                break;
        }
    }

    private protected override void OnEnd()
    {
        if (_report is null)
            return;

        if (CaptureError(Save) is not null)
            return;
        if (_report.RowCount == 0)
            WriteWarning("The report contains no records.");
        WriteObject(InvokeProvider.Item.Get([_outputPath], force: true, literalPath: true), enumerateCollection: true);
        if (Open && !Browser.TryOpen(new Uri(_outputPath)))
            WriteWarning($"No browser could be started. The report is {_outputPath}.");
    }

    private void Save()
    {
        if (_report!.RowCount == 0 && !_hasInput && !AllowEmpty)
        {
            throw new LinkedInException(
                LinkedInErrorId.ReportWithoutInput,
                $"None of the input could be read, so {_outputPath} was not written."
            )
            {
                Target = _outputPath,
            };
        }

        EnsureOutputAvailable();
        if (_inputPaths.Contains(_outputPath))
        {
            throw new LinkedInException(LinkedInErrorId.InvalidPath, $"'{_outputPath}' is one of the input files of the report.")
            {
                Target = _outputPath,
            };
        }

        _report!.Save(_outputPath);
    }

    private void EnsureOutputAvailable()
    {
        if (NoClobber)
            OutputFile.EnsureNew(_outputPath);
    }

    private void Add(PSObject item)
    {
        switch (item.BaseObject)
        {
            case string path:
                AddFiles(FilePaths.ResolveWildcards(this, [path], Output.Error));
                break;
            case FileSystemInfo file:
                AddFiles(FilePaths.ResolveLiteral(this, [file.FullName], Output.Error));
                break;
            case SavedExportFile file:
                AddFiles(FilePaths.ResolveLiteral(this, [file.Path], Output.Error));
                break;
            case PSCustomObject when item.TypeNames.Contains("Deserialized." + typeof(SavedExportFile).FullName):
                AddFiles(
                    FilePaths.ResolveLiteral(this, [(string)item.Properties[nameof(SavedExportFile.Path)].Value], Output.Error)
                );
                break;
            case object record when HasOnlyAdaptedProperties(item) && _report!.TryAdd(record):
                break;
            default:
                CaptureError(() => _report!.Add(new ReportRow(item)));
                break;
        }
    }

    /// <summary>
    /// Whether no owner column was added to a record with Add-Member. Other added properties are not checked, because that
    /// would take longer than the rest.
    /// </summary>
    private bool HasOnlyAdaptedProperties(PSObject item) => !_ownerColumns.Any(name => item.Properties[name] is PSNoteProperty);

    private void AddFiles(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            _inputPaths.Add(file);
            LinkedInException? failure = RunInBackground(
                (diagnostics, cancellationToken) =>
                {
                    _report!.AddFile(file, _import, diagnostics, cancellationToken);
                    return Task.CompletedTask;
                }
            );
            _hasInput |= failure is null;
        }
    }
}
