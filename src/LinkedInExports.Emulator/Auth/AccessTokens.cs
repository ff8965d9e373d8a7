using System.Buffers.Text;
using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Auth;

/// <summary>The tokens that open the API. One for now; a token endpoint would add to them.</summary>
internal sealed class AccessTokens(string? given)
{
    public string Current { get; } = given ?? "AQX" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48));

    public bool IsValid(string token) => string.Equals(token, Current, StringComparison.Ordinal);
}
