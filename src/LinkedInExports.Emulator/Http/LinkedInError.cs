using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LinkedInExports.Emulator.Http;

/// <summary>Error bodies in the shape of LinkedIn's API gateway.</summary>
internal static class LinkedInError
{
    /// <summary>What is said where a quota is used up.</summary>
    public const string ThrottleMessage = "Resource level throttle limit for calls to this resource is reached.";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="status">HTTP status, repeated in the body.</param>
    /// <param name="code">LinkedIn's own code; <c>null</c> for the cases that are documented without one.</param>
    /// <param name="message">The text for people.</param>
    /// <param name="name">The same code as a word; many answers do without.</param>
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
