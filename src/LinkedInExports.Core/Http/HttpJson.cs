using System.Text.Json.Serialization;
using LinkedInExports.Core.Auth;

namespace LinkedInExports.Core.Http;

[JsonSourceGenerationOptions(
    Converters = [typeof(SanitizedTextConverter)],
    PropertyNameCaseInsensitive = true, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(IntrospectionAnswer))]
internal sealed partial class HttpJson : JsonSerializerContext;
