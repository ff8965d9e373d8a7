using System.Management.Automation;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.Spreadsheets;
using LinkedInExports.Infrastructure;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Commands;

/// <summary>
/// Writes objects to a CSV file for a spreadsheet: times in ISO 8601 in every culture, and text that a spreadsheet would run as
/// a formula is escaped. The file is complete or not changed.
/// </summary>
[Cmdlet(VerbsData.Export, "LinkedInCsv", SupportsShouldProcess = true, HelpUri = HelpLinks.ExportLinkedInCsv)]
[OutputType(typeof(void))]
public sealed class ExportLinkedInCsvCommand : LinkedInCommand
{
    private CsvFileWriter? _writer;
    private bool _hasRecords;

    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = ParameterHelp.ExportLinkedInCsv.InputObject)]
    [ValidateNotNullOrEmpty]
    public PSObject[] InputObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, HelpMessage = ParameterHelp.ExportLinkedInCsv.Path)]
    [Alias("LiteralPath", "LP", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter(HelpMessage = ParameterHelp.ExportLinkedInCsv.Delimiter)]
    [ValidateDelimiter]
    [ArgumentCompleter(typeof(DelimiterCompleter))]
    public char Delimiter { get; set; } = ',';

    [Parameter(HelpMessage = ParameterHelp.ExportLinkedInCsv.Append)]
    public SwitchParameter Append { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ExportLinkedInCsv.NoClobber)]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ExportLinkedInCsv.Raw)]
    public SwitchParameter Raw { get; set; }

    [Parameter(HelpMessage = ParameterHelp.ExportLinkedInCsv.Force)]
    public SwitchParameter Force { get; set; }

    private protected override void OnBegin()
    {
        string path = FilePaths.ResolveFile(this, Path);
        if (!ShouldProcess(path, Append ? "Append records" : "Write records"))
            return;
        _writer = CsvFileWriter.Open(
            new CsvFileOptions
            {
                Path = path,
                Delimiter = Delimiter,
                Append = Append,
                NoClobber = NoClobber,
                Raw = Raw,
                Force = Force,
            }
        );
    }

    protected override void ProcessRecord()
    {
        if (_writer is null)
            return;
        foreach (PSObject item in InputObject)
            RunOrTerminate(() => _writer.Write(RecordProperties.Get(item)));
        _hasRecords = true;
    }

    private protected override void OnEnd()
    {
        if (_writer is not null && (_hasRecords || !Append))
            RunOrTerminate(_writer.Commit);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _writer?.Dispose();
        base.Dispose(disposing);
    }
}
