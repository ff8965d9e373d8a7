using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>
/// Ties uploaded resumes to candidates and takes them away again, up to 100 at a time (tutorial "Sync Candidate Resumes",
/// batch_update and batch_delete).
/// </summary>
internal sealed class ResumeBatchClient(RequestPipeline pipeline, Uri api, ResumeKeyEncoder form)
{
    /// <summary>The most records that LinkedIn takes in one call.</summary>
    internal const int MaxRecords = 100;

    /// <summary>The most bytes that a query may have, a little below LinkedIn's 4 KB.</summary>
    internal const int MaxQueryBytes = 4000;

    /// <summary>The organization with the longest number.</summary>
    private const string LongestIntegrationContext = "urn:li:organization:9223372036854775807";

    private const string Resource = "tcrmCandidateResumes";

    /// <summary>How many keys a warning shows.</summary>
    private const int MaxShown = 3;

    // The keys are no HTML; escaped for it they would still be right, and not what the samples show.
    private static readonly JsonWriterOptions PlainCharacters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// What is wrong with the ids of a record, or null. They have to fit into the query of a request: others could be sent in
    /// the body of one, and never be removed again.
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
    internal bool Fits(IReadOnlyList<ResumeKey> keys) => form.EncodeQuery(keys).Length <= MaxQueryBytes;

    /// <summary>
    /// Creates or replaces records. The same batch again does the same again: it is repeated after lost answers.
    /// </summary>
    /// <param name="records">The records; without a tunnel as many as <see cref="Fits"/> allows.</param>
    /// <param name="isTunnelled">Whether the query goes in the body of a POST.</param>
    /// <param name="limiter">The limiter of the request.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">The request failed.</exception>
    internal Task<BatchResponse> UpdateAsync(
        IReadOnlyList<PreparedRecord> records,
        bool isTunnelled,
        IRequestLimiter limiter,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        ResumeKey[] keys = [.. records.Select(record => record.Key)];
        string query = form.EncodeQuery(keys);
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
                Method = isTunnelled ? HttpMethod.Post : HttpMethod.Put,
                RequestUri = isTunnelled ? new Uri($"{api}{Resource}") : new Uri($"{api}{Resource}?{query}"),
                TunneledMethod = isTunnelled ? HttpMethod.Put : null,
                Content = isTunnelled ? () => TunneledQuery.CreateContent(query, json) : null,
                Json = isTunnelled ? null : json,
                RestLiMethod = "batch_update",
                Protocol = form.Protocol,
                Limiter = limiter,
                Target = records.Count == 1 ? keys[0].ToString() : null,
            },
            keys,
            diagnostics,
            cancellationToken
        );
    }

    /// <summary>Removes records.</summary>
    /// <param name="keys">So many that their query fits; see <see cref="SplitIntoChunks"/>.</param>
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
                // Not tunnelled: whether LinkedIn takes a DELETE that way, its pages do not say.
                Description = string.Format(
                    CultureInfo.CurrentCulture,
                    "remove {0} {1}",
                    keys.Count,
                    keys.Count == 1 ? "resume" : "resumes"
                ),
                Method = HttpMethod.Delete,
                RequestUri = new Uri($"{api}{Resource}?{form.EncodeQuery(keys)}"),
                RestLiMethod = "batch_delete",
                Protocol = form.Protocol,
                AcceptsJson = true,
                Limiter = limiter,
                Target = keys.Count == 1 ? keys[0].ToString() : null,
            },
            keys,
            diagnostics,
            cancellationToken
        );

    /// <summary>Keys in their order, in as few groups as fit into a query each.</summary>
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
        BatchResponse response = await pipeline
            .SendAsync(request, (_, json) => BatchResponse.Parse(json, keys, form, request), diagnostics, cancellationToken)
            .ConfigureAwait(false);
        if (response.Unknown.Count > 0)
        {
            string more = response.Unknown.Count > MaxShown ? $"; and {response.Unknown.Count - MaxShown} more" : "";
            diagnostics.Warning(
                "LinkedIn answered for records that were not in the request: "
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
                json.WriteStartObject(form.EncodeEntityKey(record.Key));
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
