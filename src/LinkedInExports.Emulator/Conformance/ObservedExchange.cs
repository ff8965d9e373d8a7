using System.Text;
using System.Text.Json;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Conformance;

/// <summary>A request and its response.</summary>
/// <param name="At">The time of the response, by the emulator's clock.</param>
/// <param name="Request">The request as it was sent.</param>
/// <param name="Response">The response.</param>
internal sealed record ObservedExchange(DateTimeOffset At, EmulatorRequest Request, EmulatorResponse Response)
{
    public int Status => Response.Status;

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether the request is for the API, and not for files or the OAuth host.</summary>
    public bool IsApi => ApiVersion.AppliesTo(Request.Path);

    /// <summary>The name of the resource of an API request, or an empty string.</summary>
    public string Resource => IsApi ? ApiVersion.Normalize(Request.Path)[ApiVersion.Unversioned.Length..].Split('/')[0] : "";

    /// <summary>The text of an error response, for the report.</summary>
    public string Message { get; } = GetMessage(Response);

    /// <summary>The method that a tunneled request replaces, or that of the request.</summary>
    public string Method =>
        Request.Headers["X-HTTP-Method-Override"] is { Count: > 0 } tunneled ? tunneled.ToString() : Request.Method;

    public bool Is(string method, string resource) => Method == method && Resource == resource;

    private static string GetMessage(EmulatorResponse response)
    {
        if (response.Status < 400)
            return "";
        byte[] body = response.Body.ToArray();
        if (response.ContentType != "application/json")
            return Encoding.UTF8.GetString(body).Trim();
        using var json = JsonDocument.Parse(body);
        foreach (string name in (string[])["message", "error_description", "error"])
        {
            if (json.RootElement.TryGetProperty(name, out JsonElement value))
                return value.ToString();
        }

        return "";
    }
}
