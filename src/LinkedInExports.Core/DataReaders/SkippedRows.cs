using LinkedInExports.Core.Output;
using LinkedInExports.Text;

namespace LinkedInExports.Core.DataReaders;

/// <summary>Collects the errors of skipped rows, because a reader is used after its command and has no error stream.</summary>
internal sealed class SkippedRows : IDiagnostics
{
    private const int MaxErrors = 1000;

    private readonly List<LinkedInException> _errors = [];

    public bool IncludesDetails => false;

    /// <summary>The number of skipped rows.</summary>
    internal long Count { get; private set; }

    /// <summary>The errors of the first rows.</summary>
    internal IReadOnlyList<LinkedInException> Errors => _errors;

    public void Error(LinkedInException error)
    {
        Count++;
        if (_errors.Count < MaxErrors)
            _errors.Add(error);
    }

    public void Warning(SanitizedText text) { }

    public void Verbose(SanitizedText text) { }

    public void Debug(SanitizedText text) { }

    public void Progress(ProgressUpdate update) { }
}
