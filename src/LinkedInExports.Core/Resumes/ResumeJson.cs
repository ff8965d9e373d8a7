using System.Text.Json.Serialization;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Resumes;

[JsonSourceGenerationOptions(
    Converters = [typeof(SanitizedTextConverter)],
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MediaUrlBody))]
[JsonSerializable(typeof(LedgerLine))]
[JsonSerializable(typeof(LedgerHead))]
internal sealed partial class ResumeJson : JsonSerializerContext;
