namespace LinkedInExports.Core.Http;

/// <summary>The permission to send a request once.</summary>
internal abstract class RequestLease : IDisposable
{
    /// <summary>Tells the limiter what the server answered, so that it can use the server's date.</summary>
    internal abstract void RecordResponse(HttpResponseMessage response);

    /// <summary>Ends the attempt, with or without a response.</summary>
    public abstract void Dispose();
}
