using System.Text.Json.Serialization;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>
/// The body of an error, every field optional: the API's form, and that of LinkedIn's OAuth host.
/// </summary>
internal sealed class ErrorDetails
{
    public SanitizedText? Message { get; set; }

    /// <summary>A number by LinkedIn's documentation; text here, so that another type does not hide the message.</summary>
    public SanitizedText? ServiceErrorCode { get; set; }

    public SanitizedText? Code { get; set; }

    public SanitizedText? Error { get; set; }

    [JsonPropertyName("error_description")]
    public SanitizedText? ErrorDescription { get; set; }
}
