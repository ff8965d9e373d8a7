using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>Proof key for code exchange (RFC 7636): only the client that requested a code can redeem it.</summary>
internal static class CodeChallenge
{
    private const int Length = 43;

    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? Check(FormFields query)
    {
        (string? challenge, string? method) = (query["code_challenge"], query["code_challenge_method"]);
        if (challenge is null)
            return method is null ? null : "code_challenge is missing";
        if (method != "S256")
            return "code_challenge_method must be S256";
        return challenge.Length == Length && Base64Url.IsValid(challenge) ? null : "code_challenge is not a SHA-256 in base64url";
    }

    /// <summary>Whether the verifier matches the challenge. True if there is no challenge.</summary>
    public static bool Matches(string? challenge, string? verifier) =>
        challenge is null
        || (verifier is not null && Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier))) == challenge);
}
