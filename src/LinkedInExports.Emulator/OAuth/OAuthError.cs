using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>Creates errors of the OAuth host, which have another format than those of the API gateway.</summary>
internal static class OAuthError
{
    public const string InvalidRequest = "invalid_request";
    public const string InvalidClient = "invalid_client";
    public const string InvalidClientId = "invalid_client_id";
    public const string InvalidRedirectUri = "invalid_redirect_uri";
    public const string AccessDenied = "access_denied";
    public const string UnsupportedGrantType = "unsupported_grant_type";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static EmulatorResponse Create(int status, string error, string description)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("error", error);
            json.WriteString("error_description", description);
            json.WriteEndObject();
        }

        return EmulatorResponse.Json(status, buffer.WrittenMemory);
    }

    public static EmulatorResponse BadRequest(string description) => Create(400, InvalidRequest, description);
}
