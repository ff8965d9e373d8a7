using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>Hears nothing: for work that nobody in particular asked for, such as a token that all workers share.</summary>
internal sealed class NullCommandOutput : ICommandOutput
{
    internal static readonly NullCommandOutput Instance = new();

    public void Output(object value)
    {
    }

    public void Error(LinkedInException error)
    {
    }

    public void Warning(SanitizedText text)
    {
    }

    public void Verbose(SanitizedText text)
    {
    }

    public void Debug(SanitizedText text)
    {
    }

    public void Progress(ProgressUpdate update)
    {
    }
}
