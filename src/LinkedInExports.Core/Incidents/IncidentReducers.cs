namespace LinkedInExports.Core.Incidents;

/// <summary>Reduces the exchanges of a connection, with the same tokens for the same data.</summary>
internal sealed class IncidentReducers
{
    internal IncidentReducers(WordCipher cipher)
    {
        Tokenizer = new Tokenizer(cipher);
        Json = new JsonReducer(Tokenizer);
        Headers = new HeaderReducer(Tokenizer);
    }

    internal Tokenizer Tokenizer { get; }

    internal JsonReducer Json { get; }

    internal HeaderReducer Headers { get; }
}
