namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>Encodes the keys of a batch for a version of the Rest.li protocol.</summary>
internal abstract class ResumeKeyEncoder
{
    /// <summary>The protocol version, for its header.</summary>
    internal abstract string Protocol { get; }

    /// <summary>Encodes all keys of a batch as a query, without the question mark.</summary>
    internal abstract string EncodeQuery(IReadOnlyList<ResumeKey> keys);

    /// <summary>Encodes a key as the name of an entity in the body.</summary>
    internal abstract string EncodeEntityKey(ResumeKey key);

    /// <summary>
    /// Parses a key in a response, with its parts in any order and any encoding. Returns null if it is not a resume key.
    /// </summary>
    internal abstract ResumeKey? Parse(string text);

    internal static ResumeKeyEncoder Create(RestLiProtocol protocol) =>
        protocol == RestLiProtocol.V2 ? new RestLi2KeyEncoder() : new RestLi1KeyEncoder();

    private protected static ResumeKey? FromParts(IReadOnlyDictionary<string, string>? parts) =>
        parts is { Count: 4 }
        && parts.TryGetValue("dataProvider", out string? provider)
        && provider == ResumeKey.DataProvider
        && parts.TryGetValue("integrationContext", out string? context)
        && parts.TryGetValue("tcrmCandidateId", out string? candidate)
        && parts.TryGetValue("tcrmResumeId", out string? resume)
            ? new ResumeKey(context, candidate, resume)
            : null;
}
