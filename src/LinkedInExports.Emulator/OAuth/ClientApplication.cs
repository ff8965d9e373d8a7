using System.Buffers;
using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>The one application that is registered.</summary>
internal sealed class ClientApplication(EmulatorOptions options)
{
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    );

    public string Id { get; } = options.ClientId;

    public string Secret { get; } = options.ClientSecret ?? RandomText.Secret();

    /// <summary>Whether the form has the application's id and secret.</summary>
    /// <returns>The refusal, or <c>null</c>.</returns>
    public EmulatorResponse? Authenticate(FormFields form)
    {
        if (form.Require("client_id", "client_secret") is { } missing)
            return missing;
        string id = form["client_id"]!;
        if (id == Id && form["client_secret"] == Secret)
            return null;

        // What cannot be an id is told apart from an id that is not known.
        return id != Id && id.AsSpan().ContainsAnyExcept(IdCharacters)
            ? InvalidId()
            : OAuthError.Create(401, options.InvalidClientWord, "Client authentication failed");
    }

    public static EmulatorResponse InvalidId() =>
        OAuthError.Create(400, OAuthError.InvalidClientId, "The passed in client_id is invalid");
}
