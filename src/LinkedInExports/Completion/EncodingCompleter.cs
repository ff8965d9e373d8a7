using LinkedInExports.Attributes;

namespace LinkedInExports.Completion;

/// <summary>Completes encodings that exports and edited copies of them are likely to have.</summary>
internal sealed class EncodingCompleter : SessionCompleter
{
    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        TextEncodings.Suggested.Select(encoding => new CompletionCandidate(
            encoding.Name,
            encoding.Name,
            encoding.Description,
            encoding.Name
        ));
}
