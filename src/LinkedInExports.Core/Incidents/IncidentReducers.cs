namespace LinkedInExports.Core.Incidents;

/// <summary>Reduces the exchanges of a connection, with the same tokens for the same data.</summary>
internal sealed class IncidentReducers
{
    /// <param name="cipher">Creates the tokens.</param>
    /// <param name="start">The start of the connection.</param>
    internal IncidentReducers(WordCipher cipher, DateTimeOffset start)
    {
        Tokenizer = new Tokenizer(cipher);
        Json = new JsonReducer(Tokenizer, start);
        Headers = new HeaderReducer(Tokenizer);
    }

    internal Tokenizer Tokenizer { get; }

    internal JsonReducer Json { get; }

    internal HeaderReducer Headers { get; }
}
