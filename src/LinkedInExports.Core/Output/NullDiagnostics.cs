using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>
/// Discards all diagnostics. For work that several operations share, such as the renewal of a token, and for completion.
/// </summary>
public sealed class NullDiagnostics : IDiagnostics
{
    /// <summary>The only instance.</summary>
    public static readonly NullDiagnostics Instance = new();

    private NullDiagnostics() { }

    /// <inheritdoc/>
    public bool IncludesDetails => false;

    /// <inheritdoc/>
    public void Error(LinkedInException error) { }

    /// <inheritdoc/>
    public void Warning(SanitizedText text) { }

    /// <inheritdoc/>
    public void Verbose(SanitizedText text) { }

    /// <inheritdoc/>
    public void Debug(SanitizedText text) { }

    /// <inheritdoc/>
    public void Progress(ProgressUpdate update) { }
}
