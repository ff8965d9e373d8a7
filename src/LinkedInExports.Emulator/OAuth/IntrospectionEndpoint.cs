using System.Buffers;
using System.Text.Json;
using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>Returns the state of an access token.</summary>
internal sealed class IntrospectionEndpoint(ClientApplication application, AccessTokens tokens, TimeProvider clock)
{
    public EmulatorResponse Handle(EmulatorRequest request)
    {
        if (FormFields.Read(request, out FormFields form) is { } unreadable)
            return unreadable;
        if (form.Require("client_id", "client_secret", "token") is { } missing)
            return missing;

        // Unlike at the token endpoint, only an invalid secret returns 401.
        if (form["client_id"] != application.Id)
            return ClientApplication.InvalidId();
        if (application.Authenticate(form) is { } refusal)
            return refusal;
        return tokens.Find(form["token"]!) is { } token
            ? EmulatorResponse.Json(200, Describe(token))
            : OAuthError.BadRequest("The passed in token is invalid");
    }

    private ReadOnlyMemory<byte> Describe(IssuedToken token)
    {
        TokenState state = token.GetState(clock.GetUtcNow());
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("active", state == TokenState.Active);
            json.WriteString("client_id", application.Id);
            json.WriteNumber("authorized_at", (token.Grant?.AuthorizedAt ?? token.CreatedAt).ToUnixTimeSeconds());
            json.WriteNumber("created_at", token.CreatedAt.ToUnixTimeSeconds());
            json.WriteString(
                "status",
                state switch
                {
                    TokenState.Active => "active",
                    TokenState.Expired => "expired",
                    _ => "revoked",
                }
            );
            if (token.ExpiresAt is { } end)
                json.WriteNumber("expires_at", end.ToUnixTimeSeconds());
            if (token.Grant is not null)
                json.WriteString("scope", token.Grant.Scope);
            json.WriteString("auth_type", token.Grant is null ? "2L" : "3L");
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
