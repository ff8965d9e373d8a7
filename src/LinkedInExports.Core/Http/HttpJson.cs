using System.Text.Json.Serialization;
using LinkedInExports.Core.Authentication;

namespace LinkedInExports.Core.Http;

[JsonSourceGenerationOptions(
    Converters = [typeof(SanitizedTextConverter)],
    PropertyNameCaseInsensitive = true, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ErrorDetails))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(IntrospectionResponse))]
internal sealed partial class HttpJson : JsonSerializerContext;
