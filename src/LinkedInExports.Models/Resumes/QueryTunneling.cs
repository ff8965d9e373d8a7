namespace LinkedInExports;

/// <summary>Specifies whether queries are sent in the body of a POST request (Rest.li query tunneling).</summary>
public enum QueryTunneling : long
{
    /// <summary>
    /// Tunnels queries that are too long for a URL. If LinkedIn rejects that, shorter queries are sent for the rest of the run.
    /// </summary>
    Auto,

    /// <summary>Tunnels every batch.</summary>
    Always,

    /// <summary>Limits batches to the number of records whose query fits in a URL.</summary>
    Never,
}
