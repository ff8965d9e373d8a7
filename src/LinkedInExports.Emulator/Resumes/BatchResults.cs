using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>The response to a batch, with a status for each key. Errors are separate from results.</summary>
/// <param name="format">The format of keys.</param>
/// <param name="organization">The organization of all keys, or <c>null</c> for that of each key.</param>
internal sealed class BatchResults(IResumeKeyFormat format, long? organization)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Key, ResumeOutcome Outcome)> _outcomes = [];

    public void Add(EmulatedResumeKey key, ResumeOutcome outcome)
    {
        if (organization is { } other)
            key = key with { IntegrationContext = string.Create(CultureInfo.InvariantCulture, $"urn:li:organization:{other}") };
        _outcomes.Add((format.WriteName(key), outcome));
    }

    /// <summary>Creates the response with the keys in the order in which they were added, or in another order.</summary>
    public EmulatorResponse ToResponse(bool inOrder, long seed)
    {
        List<(string Key, ResumeOutcome Outcome)> outcomes = inOrder
            ? _outcomes
            : [.. _outcomes.OrderBy(outcome => Hash(outcome.Key, seed)).ThenBy(outcome => outcome.Key, StringComparer.Ordinal)];
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteStartObject("results");
            foreach ((string key, ResumeOutcome outcome) in outcomes)
            {
                if (outcome.Message is null)
                    WriteResult(json, key, outcome);
            }

            json.WriteEndObject();
            json.WriteStartObject("errors");
            foreach ((string key, ResumeOutcome outcome) in outcomes)
            {
                if (outcome.Message is not null)
                    WriteError(json, key, outcome);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return EmulatorResponse.Json(200, buffer.WrittenMemory);
    }

    private static void WriteResult(Utf8JsonWriter json, string key, ResumeOutcome outcome)
    {
        json.WriteStartObject(key);
        json.WriteNumber("status", outcome.Status);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, string key, ResumeOutcome outcome)
    {
        json.WriteStartObject(key);
        json.WriteNumber("status", outcome.Status);
        json.WriteNumber("serviceErrorCode", outcome.ServiceErrorCode);
        if (outcome.RawMessage is { } raw)
        {
            json.WritePropertyName("message");
            json.WriteRawValue([(byte)'"', .. raw, (byte)'"'], skipInputValidation: true);
        }
        else
        {
            json.WriteString("message", outcome.Message);
        }

        json.WriteEndObject();
    }

    // An FNV-1a hash gives the same order for the same keys, like the hash map of LinkedIn's server.
    private static ulong Hash(string text, long seed)
    {
        ulong hash = 14695981039346656037 ^ (ulong)seed;
        foreach (char c in text)
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
