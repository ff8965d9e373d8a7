using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Authentication;

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(IntrospectionResponse))]
internal sealed partial class OAuthJson : JsonSerializerContext;
