using System.Text.Json.Serialization;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>
/// The body of an error response of the API or of LinkedIn's OAuth host. Each field is optional.
/// </summary>
internal sealed class ErrorDetails
{
    public SanitizedText? Message { get; set; }

    /// <summary>Documented as a number. Text here, so that an unexpected type does not discard the message.</summary>
    public SanitizedText? ServiceErrorCode { get; set; }

    public SanitizedText? Code { get; set; }

    public SanitizedText? Error { get; set; }

    [JsonPropertyName("error_description")]
    public SanitizedText? ErrorDescription { get; set; }
}
