using System.Text;
using System.Text.Json;

namespace LinkedInExports.Emulator.Http;

/// <summary>
/// The response of an endpoint. Endpoints return it instead of writing to the connection, so that a fault can truncate, delay
/// or drop it after the request was handled.
/// </summary>
internal sealed class EmulatorResponse(int status)
{
    public int Status { get; } = status;

    public string? ContentType { get; init; }

    public IBody Body { get; init; } = new BytesBody(default);

    /// <summary>Whether the body is sent in chunks instead of with its length.</summary>
    public bool Chunked { get; init; }

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public EmulatorResponse With(string name, string value)
    {
        Headers.Add(new(name, value));
        return this;
    }

    public static EmulatorResponse Json(int status, ReadOnlyMemory<byte> utf8) =>
        new(status) { ContentType = "application/json", Body = new BytesBody(utf8) };

    public static EmulatorResponse Json<T>(int status, T value, JsonSerializerOptions options) =>
        Json(status, JsonSerializer.SerializeToUtf8Bytes(value, options));

    public static EmulatorResponse Text(int status, string text) => Create(status, "text/plain", text);

    public static EmulatorResponse Html(int status, string html) => Create(status, "text/html; charset=utf-8", html);

    public static EmulatorResponse Create(int status, string contentType, string text) =>
        new(status) { ContentType = contentType, Body = new BytesBody(Encoding.UTF8.GetBytes(text)) };
}
