using System.Buffers;
using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>The registered client application.</summary>
internal sealed class ClientApplication(EmulatorOptions options)
{
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    );

    public string Id { get; } = options.ClientId;

    public string Secret { get; } = options.ClientSecret ?? RandomText.Secret();

    /// <summary>Checks the client id and secret in a form.</summary>
    /// <returns>An error, or <c>null</c>.</returns>
    public EmulatorResponse? Authenticate(FormFields form)
    {
        if (form.Require("client_id", "client_secret") is { } missing)
            return missing;
        string id = form["client_id"]!;
        if (id == Id && form["client_secret"] == Secret)
            return null;

        // An invalid client id has another error than an unknown one.
        return id != Id && id.AsSpan().ContainsAnyExcept(IdCharacters)
            ? InvalidId()
            : OAuthError.Create(401, options.InvalidClientWord, "Client authentication failed");
    }

    public static EmulatorResponse InvalidId() =>
        OAuthError.Create(400, OAuthError.InvalidClientId, "The passed in client_id is invalid");
}
