namespace LinkedInExports.Core.Http;

/// <summary>The permission to send a request once.</summary>
internal abstract class RequestLease : IDisposable
{
    /// <summary>Passes the response to the limiter, which uses the date of the server.</summary>
    internal abstract void RecordResponse(HttpResponseMessage response);

    /// <summary>Ends the attempt, with or without a response.</summary>
    public abstract void Dispose();
}
