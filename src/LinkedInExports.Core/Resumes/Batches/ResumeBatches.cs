using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Http.Limits;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>
/// Ties uploaded resumes to candidates and takes them away again, up to 100 at a time (tutorial "Sync Candidate Resumes",
/// batch_update and batch_delete).
/// </summary>
internal sealed class ResumeBatches(RequestPipeline pipeline, Uri api, KeyForm form)
{
    /// <summary>The most records that LinkedIn takes in one call.</summary>
    internal const int MaxRecords = 100;

    /// <summary>The most bytes that a query may have, a little below LinkedIn's 4 KB.</summary>
    internal const int MaxQueryBytes = 4000;

    private const string Resource = "tcrmCandidateResumes";

    // The keys are no HTML; escaped for it they would still be right, and not what the samples show.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether the key of one record alone fits into a query.</summary>
    internal bool Fits(ResumeKey key) => form.Query([key]).Length <= MaxQueryBytes;

    /// <summary>Creates or replaces records. The same batch again does the same again: it is repeated after lost answers.</summary>
    /// <exception cref="LinkedInException">The call failed as a whole.</exception>
    internal Task<BatchAnswer> UpdateAsync(
        IReadOnlyList<ResumeRecord> records, RequestCost cost, IMessages messages, CancellationToken cancellation)
    {
        ResumeKey[] keys = [.. records.Select(record => record.Key)];
        string query = form.Query(keys);
        byte[] json = Body(records);
        bool isTunnelled = query.Length > MaxQueryBytes;
        return SendAsync(
            new LinkedInRequest
            {
                Purpose = string.Format(CultureInfo.CurrentCulture, "sync {0} {1}", records.Count, records.Count == 1 ? "resume" : "resumes"),
                Method = isTunnelled ? HttpMethod.Post : HttpMethod.Put,
                Address = isTunnelled ? new Uri($"{api}{Resource}") : new Uri($"{api}{Resource}?{query}"),
                TunnelledMethod = isTunnelled ? HttpMethod.Put : null,
                Content = isTunnelled ? () => TunnelledQuery.Content(query, json) : null,
                Json = isTunnelled ? null : json,
                RestLiMethod = "batch_update",
                Protocol = form.Protocol,
                Cost = cost,
                Target = records.Count == 1 ? keys[0].ToString() : null,
            },
            keys,
            messages,
            cancellation);
    }

    /// <summary>Removes records.</summary>
    /// <param name="keys">So many that their query fits; see <see cref="Chunks"/>.</param>
    /// <param name="cost">What it takes.</param>
    /// <param name="messages">Hears of each request.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    /// <exception cref="LinkedInException">The call failed as a whole.</exception>
    internal Task<BatchAnswer> DeleteAsync(
        IReadOnlyList<ResumeKey> keys, RequestCost cost, IMessages messages, CancellationToken cancellation) =>
        SendAsync(
            new LinkedInRequest
            {
                // Not tunnelled: whether LinkedIn takes a DELETE that way, its pages do not say.
                Purpose = string.Format(CultureInfo.CurrentCulture, "remove {0} {1}", keys.Count, keys.Count == 1 ? "resume" : "resumes"),
                Method = HttpMethod.Delete,
                Address = new Uri($"{api}{Resource}?{form.Query(keys)}"),
                RestLiMethod = "batch_delete",
                Protocol = form.Protocol,
                AcceptsJson = true,
                Cost = cost,
                Target = keys.Count == 1 ? keys[0].ToString() : null,
            },
            keys,
            messages,
            cancellation);

    /// <summary>Keys in their order, in as few groups as fit into a query each.</summary>
    internal IEnumerable<IReadOnlyList<ResumeKey>> Chunks(IEnumerable<ResumeKey> keys, int maxRecords)
    {
        var chunk = new List<ResumeKey>();
        foreach (ResumeKey key in keys)
        {
            chunk.Add(key);
            if (chunk.Count > 1 && (chunk.Count > maxRecords || form.Query(chunk).Length > MaxQueryBytes))
            {
                chunk.RemoveAt(chunk.Count - 1);
                yield return chunk;
                chunk = [key];
            }
        }

        if (chunk.Count > 0)
            yield return chunk;
    }

    private async Task<BatchAnswer> SendAsync(
        LinkedInRequest request, IReadOnlyList<ResumeKey> keys, IMessages messages, CancellationToken cancellation)
    {
        BatchAnswer answer = await pipeline.SendAsync(
            request, (_, json) => BatchAnswer.Parse(json, keys, form, request), messages, cancellation).ConfigureAwait(false);
        foreach (string unknown in answer.Unknown)
            messages.Warning($"LinkedIn answered for a record that it was not asked about: {unknown}");
        return answer;
    }

    private byte[] Body(IReadOnlyList<ResumeRecord> records)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("entities");
            foreach (ResumeRecord record in records)
            {
                json.WriteStartObject(form.Entity(record.Key));
                json.WriteString("resumeFile", record.ResumeFile);
                json.WriteNumber("tcrmCreatedAt", record.CreatedAt);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
