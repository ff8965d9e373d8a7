namespace LinkedInExports.Core.Incidents;

/// <summary>Reduces the exchanges of a connection, with the same pseudonyms for the same data.</summary>
internal sealed class IncidentReducers
{
    /// <param name="cipher">Creates the pseudonyms.</param>
    /// <param name="start">The start of the connection.</param>
    internal IncidentReducers(WordCipher cipher, DateTimeOffset start)
    {
        Pseudonymizer = new Pseudonymizer(cipher);
        Json = new JsonReducer(Pseudonymizer, start);
        Headers = new HeaderReducer(Pseudonymizer);
    }

    internal Pseudonymizer Pseudonymizer { get; }

    internal JsonReducer Json { get; }

    internal HeaderReducer Headers { get; }
}
