namespace LinkedInExports.Core.Output;

/// <summary>Receives the results and diagnostics of an operation on the thread of the caller.</summary>
public interface ICommandOutput : IDiagnostics
{
    /// <summary>Receives a result.</summary>
    void Output(object value);
}
