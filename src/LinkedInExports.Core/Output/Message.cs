using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>A deferred call of <see cref="ICommandOutput"/>.</summary>
internal readonly record struct Message(Message.Stream To, object Content)
{
    internal enum Stream
    {
        Output,
        Error,
        Warning,
        Verbose,
        Debug,
    }

    /// <summary>
    /// Whether the number of queued messages is limited. An operation can have an error for each row of a file.
    /// </summary>
    internal bool IsLimited => To is Stream.Output or Stream.Error;

    internal void DeliverTo(ICommandOutput receiver)
    {
        switch (To)
        {
            case Stream.Output:
                receiver.Output(Content);
                break;
            case Stream.Error:
                receiver.Error((LinkedInException)Content);
                break;
            case Stream.Warning:
                receiver.Warning((SanitizedText)Content);
                break;
            case Stream.Verbose:
                receiver.Verbose((SanitizedText)Content);
                break;
            case Stream.Debug:
                receiver.Debug((SanitizedText)Content);
                break;
            default:
                throw new InvalidOperationException($"A message for {To}.");
        }
    }
}
