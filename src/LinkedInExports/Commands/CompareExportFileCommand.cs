using System.Management.Automation;
using LinkedInExports.Base;
using LinkedInExports.Core.Comparing;

namespace LinkedInExports.Commands;

/// <summary>
/// Compares two exports of one kind, of one or more files each, and outputs the records that were added, are gone or have
/// changed, in the order of their keys. Takes the same memory for a thousand rows and for many millions.
/// </summary>
[Cmdlet(VerbsData.Compare, "ExportFile", HelpUri = LinkedInDocs.ExportsSchema)]
[OutputType(typeof(ExportDifference))]
public sealed class CompareExportFileCommand : LinkedInCommand
{
    private readonly List<string> _difference = [];

    /// <summary>All files of the export to start from; wildcards are expanded, unless a file has exactly that name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ReferencePath { get; set; } = [];

    /// <summary>All files of the export to compare it with.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] DifferencePath { get; set; } = [];

    /// <summary>What the files contain. By default their manifests tell, or else their headers.</summary>
    [Parameter]
    public ExportKind? Kind { get; set; }

    /// <summary>
    /// The columns by which records find each other. By default the id and type of the CRM record, the id of the activity,
    /// all of an outcome, and the column <c>seatId</c> of a seat, or its first one.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] KeyColumn { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => _difference.AddRange(Every(DifferencePath));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var options = new ComparisonOptions
        {
            ReferencePaths = Every(ReferencePath),
            DifferencePaths = _difference,
            Kind = Kind,
            Key = KeyColumn,
        };
        Run((messages, stop) =>
        {
            ExportComparer.Run(options, messages, stop);
            return Task.CompletedTask;
        });
    }

    /// <summary>All of the files, or none: what is missing from one side would look as if it were gone.</summary>
    private List<string> Every(string[] paths) => [.. FilePaths.All(this, paths, Terminate)];
}
