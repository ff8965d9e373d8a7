using System.Text.Json.Serialization;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.ExportJobs;

[JsonSourceGenerationOptions(
    Converters = [typeof(SanitizedTextConverter)],
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(CrmValidationJobResponse))]
[JsonSerializable(typeof(CrmValidationJobRequest))]
[JsonSerializable(typeof(ContractsResponse))]
[JsonSerializable(typeof(SalesAnalyticsJobResponse))]
[JsonSerializable(typeof(SalesAnalyticsJobRequest))]
internal sealed partial class ExportJson : JsonSerializerContext;
