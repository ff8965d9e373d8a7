using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>
/// Links uploaded resumes to candidates and removes them, up to 100 at a time (tutorial "Sync Candidate Resumes", batch_update
/// and batch_delete).
/// </summary>
internal sealed class ResumeBatchClient(RequestPipeline pipeline, Uri api, ResumeKeyEncoder encoder)
{
    /// <summary>The maximum number of records that LinkedIn accepts in one request.</summary>
    internal const int MaxRecords = 100;

    /// <summary>The maximum length of a query in bytes, a little less than LinkedIn's limit of 4 KB.</summary>
    internal const int MaxQueryBytes = 4000;

    /// <summary>The organization with the longest number.</summary>
    private const string LongestIntegrationContext = "urn:li:organization:9223372036854775807";

    private const string Resource = "tcrmCandidateResumes";

    /// <summary>The number of keys that a warning shows.</summary>
    private const int MaxShown = 3;

    // Without the escapes for HTML, so that the keys look as in the samples.
    private static readonly JsonWriterOptions PlainCharacters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Gets the reason why the ids of a record are invalid, or null. They must fit into the query of a request: longer ids
    /// could be sent in a body, but never be removed again.
    /// </summary>
    internal string? Validate(string? candidateId, string? resumeId, string integrationContext = LongestIntegrationContext) =>
        ResumeKey.Validate("CandidateId", candidateId)
        ?? ResumeKey.Validate("ResumeId", resumeId)
        ?? (
            candidateId!.Length + resumeId!.Length <= MaxQueryBytes
            && Fits([new ResumeKey(integrationContext, candidateId, resumeId)])
                ? null
                : $"its ids are too long for a request: together they have {candidateId.Length + resumeId.Length} characters"
        );

    /// <summary>Whether the keys fit into the query of one request.</summary>
    internal bool Fits(IReadOnlyList<ResumeKey> keys) => encoder.EncodeQuery(keys).Length <= MaxQueryBytes;

    /// <summary>Creates or replaces records. The request is idempotent, so it is retried if the response is lost.</summary>
    /// <param name="records">The records. If the query is not tunneled, <see cref="Fits"/> must be true for them.</param>
    /// <param name="isTunneled">Whether the query is sent in the body of a POST request.</param>
    /// <param name="limiter">The limiter of the request.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">The request failed.</exception>
    internal Task<BatchResponse> UpdateAsync(
        IReadOnlyList<PreparedRecord> records,
        bool isTunneled,
        IRequestLimiter limiter,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        ResumeKey[] keys = [.. records.Select(record => record.Key)];
        string query = encoder.EncodeQuery(keys);
        byte[] json = CreateBody(records);
        return SendAsync(
            new LinkedInRequest
            {
                Description = string.Format(
                    CultureInfo.CurrentCulture,
                    "sync {0} {1}",
                    records.Count,
                    records.Count == 1 ? "resume" : "resumes"
                ),
                Method = isTunneled ? HttpMethod.Post : HttpMethod.Put,
                RequestUri = isTunneled ? new Uri($"{api}{Resource}") : new Uri($"{api}{Resource}?{query}"),
                TunneledMethod = isTunneled ? HttpMethod.Put : null,
                Content = isTunneled ? () => TunneledQuery.CreateContent(query, json) : null,
                Json = isTunneled ? null : json,
                RestLiMethod = "batch_update",
                Protocol = encoder.Protocol,
                Limiter = limiter,
                Target = records.Count == 1 ? keys[0].ToString() : null,
            },
            keys,
            diagnostics,
            cancellationToken
        );
    }

    /// <summary>Removes records.</summary>
    /// <param name="keys">The keys, whose query must fit into a request; see <see cref="SplitIntoChunks"/>.</param>
    /// <param name="limiter">The limiter of the request.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">The request failed.</exception>
    internal Task<BatchResponse> DeleteAsync(
        IReadOnlyList<ResumeKey> keys,
        IRequestLimiter limiter,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            new LinkedInRequest
            {
                // Not tunneled, because LinkedIn does not document tunneling for DELETE.
                Description = string.Format(
                    CultureInfo.CurrentCulture,
                    "remove {0} {1}",
                    keys.Count,
                    keys.Count == 1 ? "resume" : "resumes"
                ),
                Method = HttpMethod.Delete,
                RequestUri = new Uri($"{api}{Resource}?{encoder.EncodeQuery(keys)}"),
                RestLiMethod = "batch_delete",
                Protocol = encoder.Protocol,
                AcceptsJson = true,
                Limiter = limiter,
                Target = keys.Count == 1 ? keys[0].ToString() : null,
            },
            keys,
            diagnostics,
            cancellationToken
        );

    /// <summary>Divides keys, in their order, into the smallest number of groups that fit into a query each.</summary>
    internal IEnumerable<IReadOnlyList<ResumeKey>> SplitIntoChunks(IEnumerable<ResumeKey> keys, int maxRecords)
    {
        var chunk = new List<ResumeKey>();
        foreach (ResumeKey key in keys)
        {
            chunk.Add(key);
            if (chunk.Count > 1 && (chunk.Count > maxRecords || !Fits(chunk)))
            {
                chunk.RemoveAt(chunk.Count - 1);
                yield return chunk;
                chunk = [key];
            }
        }

        if (chunk.Count > 0)
            yield return chunk;
    }

    private async Task<BatchResponse> SendAsync(
        LinkedInRequest request,
        IReadOnlyList<ResumeKey> keys,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        BatchResponse response = await TraceSpan
            .RunAsync(
                "send batch",
                span =>
                {
                    span.With(TelemetryAttribute.BatchRecords, keys.Count);
                    return pipeline.SendAsync(
                        request,
                        (_, json) => BatchResponse.Parse(json, keys, encoder, request),
                        diagnostics,
                        cancellationToken
                    );
                }
            )
            .ConfigureAwait(false);
        if (response.Unknown.Count > 0)
        {
            string more = response.Unknown.Count > MaxShown ? $"; and {response.Unknown.Count - MaxShown} more" : "";
            diagnostics.Warning(
                "LinkedIn returned results for records that were not in the request: "
                    + $"{string.Join("; ", response.Unknown.Take(MaxShown))}{more}"
            );
        }

        return response;
    }

    private byte[] CreateBody(IReadOnlyList<PreparedRecord> records)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, PlainCharacters))
        {
            json.WriteStartObject();
            json.WriteStartObject("entities");
            foreach (PreparedRecord record in records)
            {
                json.WriteStartObject(encoder.EncodeEntityKey(record.Key));
                json.WriteString("resumeFile", record.ResumeFile);
                json.WriteNumber("tcrmCreatedAt", record.Input.CreatedAtMilliseconds);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
