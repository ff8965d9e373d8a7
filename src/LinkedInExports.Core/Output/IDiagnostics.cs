using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>Receives the errors, messages and progress of an operation. Operations call it from any thread.</summary>
public interface IDiagnostics
{
    /// <summary>
    /// Whether verbose and debug messages are used. Frequent messages are created only then: sanitizing them takes longer than
    /// sending the request that they describe.
    /// </summary>
    bool IncludesDetails { get; }

    /// <summary>
    /// Reports that one item failed. The operation continues with the other items. The call may block while many results
    /// and errors of an operation in the background are not delivered yet.
    /// </summary>
    void Error(LinkedInException error);

    /// <summary>Reports a condition that the user should know about.</summary>
    void Warning(SanitizedText text);

    /// <summary>Reports a step of the operation.</summary>
    void Verbose(SanitizedText text);

    /// <summary>Reports details for support: request and response headers on the allow-list.</summary>
    void Debug(SanitizedText text);

    /// <summary>Reports progress. Only the newest update is shown, so it may be called at any rate.</summary>
    void Progress(ProgressUpdate update);
}
