using System.Management.Automation;
using System.Text;
using LinkedInExports.Attributes;
using LinkedInExports.Completion;
using LinkedInExports.Core.Comparison;
using LinkedInExports.Core.Threading;
using LinkedInExports.Infrastructure;

namespace LinkedInExports.Commands;

/// <summary>
/// Compares two exports of one type, each with one or more files, and outputs the records that were added, removed or
/// changed, in the order of their keys. The memory that it uses does not depend on the number of rows.
/// </summary>
[Cmdlet(VerbsData.Compare, "ExportFile", HelpUri = HelpLinks.CompareExportFile)]
[OutputType(typeof(ExportDifference))]
public sealed class CompareExportFileCommand : LinkedInCommand
{
    private readonly List<string> _differencePaths = [];

    [Parameter(Mandatory = true, Position = 0, HelpMessage = ParameterHelp.CompareExportFile.ReferencePath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ReferencePath { get; set; } = [];

    [Parameter(
        Mandatory = true,
        Position = 1,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        HelpMessage = ParameterHelp.CompareExportFile.DifferencePath
    )]
    [Alias("Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] DifferencePath { get; set; } = [];

    [Parameter(HelpMessage = ParameterHelp.CompareExportFile.ExportType)]
    public ExportType? ExportType { get; set; }

    [Parameter(HelpMessage = ParameterHelp.CompareExportFile.Encoding)]
    [Encoding]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding? Encoding { get; set; }

    [Parameter(HelpMessage = ParameterHelp.CompareExportFile.Delimiter)]
    [ValidateDelimiter]
    [ArgumentCompleter(typeof(DelimiterCompleter))]
    public char? Delimiter { get; set; }

    [Parameter(HelpMessage = ParameterHelp.CompareExportFile.KeyColumn)]
    [ValidateNotNullOrEmpty]
    public string[] KeyColumn { get; set; } = [];

    protected override void ProcessRecord() => _differencePaths.AddRange(ResolveAllOrThrow(DifferencePath));

    private protected override void OnEnd()
    {
        var options = new ComparisonOptions
        {
            ReferencePaths = ResolveAllOrThrow(ReferencePath),
            DifferencePaths = _differencePaths,
            ExportType = ExportType,
            Encoding = Encoding,
            Delimiter = Delimiter,
            Key = KeyColumn,
        };
        OutputResults(
            (diagnostics, cancellationToken) =>
                ExportComparer.Compare(options, diagnostics, cancellationToken).AsAsyncEnumerable()
        );
    }

    /// <summary>
    /// Resolves all of the files or ends the command, because the records of a missing file would look like removed ones.
    /// </summary>
    private List<string> ResolveAllOrThrow(string[] paths) => [.. FilePaths.ResolveWildcards(this, paths, ThrowTerminating)];
}
