using System.Management.Automation;
using LinkedInExports.Base;
using LinkedInExports.Core.Records;

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
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, with every character taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What the files contain. By default their manifest tells, or else their header.</summary>
    [Parameter]
    public ExportKind? Kind { get; set; }

    /// <summary>Whether a row that cannot be read ends its file (Stop), or is reported and left out (Skip).</summary>
    [Parameter]
    public MalformedRowAction MalformedRow { get; set; }

    /// <summary>
    /// Outputs each activity once, by its id, over all files of this command: exports whose periods overlap have some twice.
    /// Takes about 100 MB of memory for a million activities.
    /// </summary>
    [Parameter]
    public SwitchParameter UniqueActivity { get; set; }

    /// <inheritdoc/>
    private protected override void Begin() =>
        _options = new ImportOptions
        {
            Kind = Kind,
            MalformedRow = MalformedRow,
            SeenActivities = UniqueActivity ? new HashSet<string>(StringComparer.Ordinal) : null,
        };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IEnumerable<string> files = ParameterSetName == LiteralPathSet
            ? FilePaths.Literal(this, LiteralPath)
            : FilePaths.WithWildcards(this, Path);

        foreach (string file in files)
        {
            Guard(() =>
            {
                // A plain loop on the pipeline's thread: nothing streams faster, and the next file is not opened before
                // somebody asks for it.
                foreach (object record in ExportFileReader.Read(file, _options, Streams, StopToken))
                    WriteObject(record);
            });
        }
    }
}
