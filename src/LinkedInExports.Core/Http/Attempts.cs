using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Http;

/// <summary>One request and its tries, as the retry strategy sees them.</summary>
internal sealed class Attempts(LinkedInRequest request, IMessages messages)
{
    internal LinkedInRequest Request => request;

    internal IMessages Messages => messages;

    /// <summary>The number of the current try, from 1.</summary>
    internal int Number { get; set; }

    /// <summary>A long wait is said once per request, as a warning.</summary>
    internal bool SaidLongWait { get; set; }
}
