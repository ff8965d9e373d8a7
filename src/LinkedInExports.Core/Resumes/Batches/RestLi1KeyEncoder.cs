using System.Text;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>
/// Encodes keys for protocol 1.0, exactly as in the samples:
/// <c>ids%5B0%5D.tcrmCandidateId=…&amp;ids%5B0%5D.integrationContext=urn:li:…</c> and
/// <c>tcrmCandidateId=…&amp;dataProvider=…</c>.
/// </summary>
internal sealed class RestLi1KeyEncoder : ResumeKeyEncoder
{
    internal override string Protocol => RestLi.Protocol1;

    internal override string EncodeQuery(IReadOnlyList<ResumeKey> keys)
    {
        var query = new StringBuilder(keys.Count * 200);
        for (int index = 0; index < keys.Count; index++)
        {
            ResumeKey key = keys[index];
            string id = $"{(index == 0 ? "" : "&")}ids%5B{index}%5D.";
            string next = $"&ids%5B{index}%5D.";
            query
                .Append(id)
                .Append("tcrmCandidateId=")
                .Append(RestLi.Encode(key.CandidateId))
                .Append(next)
                .Append("integrationContext=")
                .Append(EncodeValue(key.IntegrationContext))
                .Append(next)
                .Append("dataProvider=")
                .Append(ResumeKey.DataProvider)
                .Append(next)
                .Append("tcrmResumeId=")
                .Append(RestLi.Encode(key.ResumeId));
        }

        return query.ToString();
    }

    // Colons are not encoded, as in the samples, because they are not reserved here.
    internal override string EncodeEntityKey(ResumeKey key) =>
        $"tcrmCandidateId={EncodeValue(key.CandidateId)}&dataProvider={ResumeKey.DataProvider}&integrationContext={EncodeValue(key.IntegrationContext)}&tcrmResumeId={EncodeValue(key.ResumeId)}";

    internal override ResumeKey? Parse(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in text.Split('&'))
        {
            int equals = part.IndexOf('=');
            if (equals < 0)
                return null;

            // Responses are encoded like forms: a plus is a space.
            string value = Uri.UnescapeDataString(part.Substring(equals + 1).Replace('+', ' '));
            if (parts.ContainsKey(part.Substring(0, equals)))
                return null;
            parts.Add(part.Substring(0, equals), value);
        }

        return FromParts(parts);
    }

    private static string EncodeValue(string text) => RestLi.Encode(text).Replace("%3A", ":");
}
