namespace LinkedInExports.Emulator.Resumes;

/// <summary>The format of keys in a protocol version.</summary>
internal interface IResumeKeyFormat
{
    /// <summary>Reads the keys from a query that contains nothing else.</summary>
    /// <returns>An error message, or <c>null</c>.</returns>
    string? ReadQuery(string query, out IReadOnlyList<EmulatedResumeKey> keys);

    /// <summary>Reads a key from the name of a JSON property.</summary>
    /// <returns>An error message, or <c>null</c>.</returns>
    string? ReadName(string name, out EmulatedResumeKey key);

    /// <summary>Writes a key as the name of a JSON property.</summary>
    string WriteName(EmulatedResumeKey key);
}
