using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>
/// What work says while it runs. The same face stands at both ends of a <see cref="MessagePump"/>: workers speak to
/// it from any thread, and the pump repeats it on the caller's own.
/// </summary>
public interface ICommandOutput
{
    /// <summary>A result.</summary>
    void Output(object value);

    /// <summary>One item failed; the others go on.</summary>
    void Error(LinkedInException error);

    /// <summary>Something that the user should know.</summary>
    void Warning(SanitizedText text);

    /// <summary>What happens and why, a line each.</summary>
    void Verbose(SanitizedText text);

    /// <summary>Details for support: headers on the allow-list.</summary>
    void Debug(SanitizedText text);

    /// <summary>How far the work is. Only the newest counts, so it may be called as often as convenient.</summary>
    void Progress(ProgressUpdate update);
}
