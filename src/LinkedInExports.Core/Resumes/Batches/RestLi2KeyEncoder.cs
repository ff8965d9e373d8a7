using System.Text;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>
/// Encodes keys for protocol 2.0: <c>ids=List((dataProvider:PARTNER,…),…)</c>, with the parts in the order of their names.
/// </summary>
internal sealed class RestLi2KeyEncoder : ResumeKeyEncoder
{
    internal override string Protocol => RestLi.Protocol2;

    internal override string EncodeQuery(IReadOnlyList<ResumeKey> keys) =>
        $"ids=List({string.Join(",", keys.Select(key => EncodeObject(key, RestLi.Encode)))})";

    internal override string EncodeEntityKey(ResumeKey key) => EncodeObject(key, EscapeReserved);

    internal override ResumeKey? Parse(string text)
    {
        if (text.Length < 2 || text[0] != '(' || text[text.Length - 1] != ')')
            return null;
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in text.Substring(1, text.Length - 2).Split(','))
        {
            int colon = part.IndexOf(':');
            if (colon < 0 || parts.ContainsKey(part.Substring(0, colon)))
                return null;
            string value = part.Substring(colon + 1);
            parts.Add(part.Substring(0, colon), value == "''" ? "" : Uri.UnescapeDataString(value));
        }

        return FromParts(parts);
    }

    private static string EncodeObject(ResumeKey key, Func<string, string> value) =>
        $"(dataProvider:{ResumeKey.DataProvider},integrationContext:{value(key.IntegrationContext)},tcrmCandidateId:{value(key.CandidateId)},tcrmResumeId:{value(key.ResumeId)})";

    /// <summary>Encodes only the reserved characters, for a body.</summary>
    private static string EscapeReserved(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        foreach (char character in text)
        {
            if (character is ',' or '(' or ')' or '\'' or ':' or '%')
                encoded.Append('%').Append(((int)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else
                encoded.Append(character);
        }

        return encoded.ToString();
    }
}
