using System.Buffers;
using System.Globalization;
using System.Text.Json;
using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>The response to a grant.</summary>
internal sealed record IssuedTokenResponse(IssuedToken Token, bool ExpiresInAsString)
{
    public RefreshToken? Refresh { get; init; }

    /// <summary>Whether the response has the scope. Refreshes do not.</summary>
    public bool WithScope { get; init; }

    public bool InMinutes { get; init; }

    public EmulatorResponse ToResponse()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("access_token", Token.Value);
            WriteExpiresIn(json);
            if (Refresh is not null)
            {
                json.WriteString("refresh_token", Refresh.Value);
                json.WriteNumber("refresh_token_expires_in", GetRemaining(Refresh.ExpiresAt));
            }

            if (WithScope && Token.Grant is not null)
                json.WriteString("scope", Token.Grant.Scope);
            json.WriteEndObject();
        }

        return EmulatorResponse.Json(200, buffer.WrittenMemory);
    }

    private void WriteExpiresIn(Utf8JsonWriter json)
    {
        long left = GetRemaining(Token.ExpiresAt ?? DateTimeOffset.MaxValue);
        if (ExpiresInAsString)
            json.WriteString("expires_in", left.ToString(CultureInfo.InvariantCulture));
        else
            json.WriteNumber("expires_in", left);
    }

    // Rounded, so that the time between consent and exchange does not reduce the lifetime by a second.
    private long GetRemaining(DateTimeOffset end)
    {
        TimeSpan left = end - Token.CreatedAt;
        return (long)Math.Round(InMinutes ? left.TotalMinutes : left.TotalSeconds);
    }
}
