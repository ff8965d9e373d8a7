using System.Text.Json.Serialization;

namespace LinkedInExports.Core.ExportJobs.History;

/// <summary>What is known about a job. It has no links and no tokens. Properties that are not known are null.</summary>
internal sealed record JobHistoryEntry
{
    /// <summary>Host and port of the API.</summary>
    public required string Api { get; init; }

    public required long JobId { get; init; }

    public ExportType? ExportType { get; init; }

    /// <summary>The CRM instance of a validation job.</summary>
    public string? CrmInstanceId { get; init; }

    /// <summary>The contract of an analytics job.</summary>
    public string? Contract { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    public DateTimeOffset? EndAt { get; init; }

    public DateTimeOffset? NextExportStartAt { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? ExpireAt { get; init; }

    public string? Status { get; init; }

    public long? RowCount { get; init; }

    public bool IsSaved { get; init; }

    /// <summary>When the job was first recorded, by the clock of this machine.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Identifies the job. A validation job and an analytics job can have the same id.</summary>
    internal (string Api, bool IsCrmValidation, long JobId) Key => (Api, CrmInstanceId is not null, JobId);

    /// <summary>Whether the entry describes a job: someone may have edited the file.</summary>
    internal bool IsValid =>
        CrmInstanceId is null
            ? Contract is not null && ExportType is not LinkedInExports.ExportType.CrmValidation
            : Contract is null && ExportType is LinkedInExports.ExportType.CrmValidation;

    /// <summary>The time of creation. It is not known of a job that was requested by its id.</summary>
    internal DateTimeOffset CreatedOrRecordedAt => CreatedAt ?? RecordedAt;

    internal static JobHistoryEntry Create(string api, ExportJob job, DateTimeOffset now)
    {
        var entry = new JobHistoryEntry
        {
            Api = api,
            JobId = job.JobId,
            ExportType = job.ExportType,
            CreatedAt = job.CreatedAt,
            ExpireAt = job.ExpireAt,
            Status = job.Status,
            RowCount = job.AnnouncedRowCount,
            RecordedAt = now,
        };
        return job.Match(
            crmValidation: crm =>
                entry with
                {
                    CrmInstanceId = crm.CrmInstanceId,
                    StartAt = crm.ExportStartAt == default ? null : crm.ExportStartAt,
                    EndAt = crm.ExportEndAt,
                    NextExportStartAt = crm.NextExportStartAt,
                },
            salesAnalytics: sales => entry with { Contract = sales.Contract, StartAt = sales.StartAt, EndAt = sales.EndAt }
        );
    }

    /// <summary>Adds newer information about the same job. What it does not include remains.</summary>
    internal JobHistoryEntry Merge(JobHistoryEntry newer) =>
        newer with
        {
            ExportType = newer.ExportType ?? ExportType,
            StartAt = newer.StartAt ?? StartAt,
            EndAt = newer.EndAt ?? EndAt,
            NextExportStartAt = newer.NextExportStartAt ?? NextExportStartAt,
            CreatedAt = newer.CreatedAt ?? CreatedAt,
            ExpireAt = newer.ExpireAt ?? ExpireAt,
            Status = newer.Status ?? Status,
            RowCount = newer.RowCount ?? RowCount,
            IsSaved = newer.IsSaved || IsSaved,
            RecordedAt = RecordedAt,
        };

    internal ExportJob ToJob() =>
        CrmInstanceId is { } crmInstanceId
            ? new CrmValidationExportJob
            {
                JobId = JobId,
                CrmInstanceId = crmInstanceId,
                Status = Status,
                ExportStartAt = StartAt ?? default,
                ExportEndAt = EndAt,
                NextExportStartAt = NextExportStartAt,
                CreatedAt = CreatedAt,
                ExpireAt = ExpireAt,
                IsSaved = IsSaved,
            }
            : new SalesAnalyticsExportJob(ExportType)
            {
                JobId = JobId,
                Contract = Contract ?? "",
                Status = Status,
                StartAt = StartAt,
                EndAt = EndAt,
                RowCount = RowCount,
                CreatedAt = CreatedAt,
                ExpireAt = ExpireAt,
                IsSaved = IsSaved,
            };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(JobHistoryEntry))]
internal sealed partial class JobHistoryJson : JsonSerializerContext;
