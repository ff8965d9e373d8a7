using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>Discards all diagnostics. For work that several operations share, such as the renewal of a token.</summary>
internal sealed class NullDiagnostics : IDiagnostics
{
    internal static readonly NullDiagnostics Instance = new();

    public bool IncludesDetails => false;

    public void Error(LinkedInException error) { }

    public void Warning(SanitizedText text) { }

    public void Verbose(SanitizedText text) { }

    public void Debug(SanitizedText text) { }

    public void Progress(ProgressUpdate update) { }
}
