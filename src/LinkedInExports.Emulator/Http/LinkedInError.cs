using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinkedInExports.Emulator.Http;

/// <summary>Creates error responses in the format of LinkedIn's API gateway.</summary>
internal static class LinkedInError
{
    /// <summary>The message of errors for exceeded quotas.</summary>
    public const string ThrottleMessage = "Resource level throttle limit for calls to this resource is reached.";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="status">The HTTP status, which is repeated in the body.</param>
    /// <param name="code">LinkedIn's service error code, or <c>null</c> for errors that are documented without one.</param>
    /// <param name="message">The message.</param>
    /// <param name="name">The name of the code, or <c>null</c> to omit it.</param>
    public static EmulatorResponse Create(int status, int? code, string message, string? name = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("message", message);
            if (code is int number)
                json.WriteNumber("serviceErrorCode", number);
            if (name is not null)
                json.WriteString("code", name);
            json.WriteNumber("status", status);
            json.WriteEndObject();
        }

        return EmulatorResponse.Json(status, buffer.WrittenMemory);
    }

    public static EmulatorResponse BadRequest(string message) => Create(400, 0, message);

    public static EmulatorResponse AccessDenied(string operation) =>
        Create(403, 100, $"Not enough permissions to access: {operation}.NO_VERSION", "ACCESS_DENIED");

    public static EmulatorResponse Throttled() => Create(429, 101, ThrottleMessage);

    public static EmulatorResponse NotFound(string message) => Create(404, 0, message);
}
