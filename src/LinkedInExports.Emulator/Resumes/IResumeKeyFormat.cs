namespace LinkedInExports.Emulator.Resumes;

/// <summary>How keys are written in one version of the protocol.</summary>
internal interface IResumeKeyFormat
{
    /// <summary>Reads all keys of a query, which has nothing else.</summary>
    /// <returns>What is wrong, or <c>null</c>.</returns>
    string? ReadQuery(string query, out IReadOnlyList<EmulatedResumeKey> keys);

    /// <summary>Reads a key that is the name of a JSON property.</summary>
    /// <returns>What is wrong, or <c>null</c>.</returns>
    string? ReadName(string name, out EmulatedResumeKey key);

    /// <summary>Writes a key as the name of a JSON property.</summary>
    string WriteName(EmulatedResumeKey key);
}
