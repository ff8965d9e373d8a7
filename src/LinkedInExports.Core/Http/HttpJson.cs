using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Http;

[JsonSourceGenerationOptions(
    Converters = [typeof(SanitizedTextConverter)],
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(ErrorDetails))]
internal sealed partial class HttpJson : JsonSerializerContext;
