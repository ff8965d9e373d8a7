using LinkedInExports.Emulator.Http;
using Microsoft.Extensions.Primitives;

namespace LinkedInExports.Emulator.Authentication;

/// <summary>Checks the <c>Authorization</c> header and returns the same errors as LinkedIn.</summary>
internal static class BearerAuthentication
{
    private const string Scheme = "Bearer";

    /// <summary>Returns an error, or <c>null</c> for a request with a valid token.</summary>
    /// <param name="request">The request.</param>
    /// <param name="stateOf">Gets the state of a token. Called at most once.</param>
    public static EmulatorResponse? Check(EmulatorRequest request, Func<string, TokenState> stateOf)
    {
        StringValues values = request.Headers.Authorization;
        string header = values.Count == 1 ? values[0]!.Trim() : "";
        if (values.Count > 1)
            return CreateRejection(TokenState.Unknown);
        if (header.Length == 0)
            return LinkedInError.Create(401, 401, "Empty oauth2_access_token");

        int space = header.IndexOf(' ', StringComparison.Ordinal);
        string scheme = space < 0 ? header : header[..space];
        if (!scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase))
            return LinkedInError.Create(401, null, "Unknown authentication schema");

        string token = space < 0 ? "" : header[(space + 1)..].Trim();
        return token.Length == 0 ? LinkedInError.Create(401, 401, "Empty oauth2_access_token") : CreateRejection(stateOf(token));
    }

    // The error code of an expired token is not documented.
    private static EmulatorResponse? CreateRejection(TokenState state) =>
        state switch
        {
            TokenState.Active => null,
            TokenState.Revoked => LinkedInError.Create(
                401,
                65601,
                "The token used in the request has been revoked by the user",
                "REVOKED_ACCESS_TOKEN"
            ),
            TokenState.Expired => LinkedInError.Create(401, 65602, "The token used in the request has expired"),
            _ => LinkedInError.Create(401, 65600, "Invalid access token"),
        };
}
