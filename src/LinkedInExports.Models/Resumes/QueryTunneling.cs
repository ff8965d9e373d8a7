namespace LinkedInExports;

/// <summary>Whether a query that is long goes in the body of a POST request (Rest.li query tunneling).</summary>
public enum QueryTunneling
{
    /// <summary>
    /// Tunnels what is longer than a URL may be; where LinkedIn rejects that, sends shorter queries for the rest of the run.
    /// </summary>
    Auto,

    /// <summary>Tunnels every batch.</summary>
    Always,

    /// <summary>Sends as many records at a time as their query fits into a URL.</summary>
    Never,
}
