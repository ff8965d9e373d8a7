using LinkedInExports.Emulator.Http;
using Microsoft.Extensions.Primitives;

namespace LinkedInExports.Emulator.Auth;

/// <summary>Reads the <c>Authorization</c> header the way LinkedIn tells its failures apart.</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer";

    /// <summary>The refusal, or <c>null</c> for a request with a valid token.</summary>
    public static ApiResponse? Check(ApiRequest request, AccessTokens tokens)
    {
        StringValues values = request.Headers.Authorization;
        string header = values.Count == 1 ? values[0]!.Trim() : "";
        if (values.Count > 1) return LinkedInError.Response(401, 65600, "Invalid access token");
        if (header.Length == 0) return LinkedInError.Response(401, 401, "Empty oauth2_access_token");

        int space = header.IndexOf(' ', StringComparison.Ordinal);
        string scheme = space < 0 ? header : header[..space];
        if (!scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase))
            return LinkedInError.Response(401, null, "Unknown authentication schema");

        string token = space < 0 ? "" : header[(space + 1)..].Trim();
        if (token.Length == 0) return LinkedInError.Response(401, 401, "Empty oauth2_access_token");
        return tokens.IsValid(token) ? null : LinkedInError.Response(401, 65600, "Invalid access token");
    }
}
