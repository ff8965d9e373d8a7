using System.Text.Json.Serialization;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Uploads;

namespace LinkedInExports.Core.Resumes;

[JsonSourceGenerationOptions(
    Converters = [typeof(SanitizedTextConverter)],
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(MediaUrlRequest))]
[JsonSerializable(typeof(LedgerEntry))]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(LedgerIndexHeader))]
internal sealed partial class ResumeJson : JsonSerializerContext;
