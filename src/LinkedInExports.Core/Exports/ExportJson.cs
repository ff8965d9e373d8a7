using System.Text.Json.Serialization;
using LinkedInExports.Core.Exports.Checkpoints;
using LinkedInExports.Core.Exports.Crm;
using LinkedInExports.Core.Exports.Sales;
using LinkedInExports.Core.Exports.Saving;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Exports;

[JsonSourceGenerationOptions(
    Converters = [typeof(SanitizedTextConverter)],
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(CrmValidationJobBody))]
[JsonSerializable(typeof(CrmValidationRequestBody))]
[JsonSerializable(typeof(ContractsBody))]
[JsonSerializable(typeof(SalesJobBody))]
[JsonSerializable(typeof(SalesRequestBody))]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(CheckpointState))]
internal sealed partial class ExportJson : JsonSerializerContext;
