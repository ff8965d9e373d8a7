using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Http;

/// <summary>
/// The body of an error, every field optional: the API's form, and that of LinkedIn's OAuth host.
/// </summary>
internal sealed class ErrorBody
{
    public string? Message { get; set; }

    public int? ServiceErrorCode { get; set; }

    public string? Code { get; set; }

    public string? Error { get; set; }

    [JsonPropertyName("error_description")]
    public string? ErrorDescription { get; set; }
}
