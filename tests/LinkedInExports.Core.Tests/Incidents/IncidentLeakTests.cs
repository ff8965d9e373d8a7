using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Incidents;

/// <summary>The incident of any exchange has no id, name or secret of it, in any encoding.</summary>
public sealed class IncidentLeakTests
{
    private static readonly IncidentVersions Versions = new("0.1.0", "7.6", "test");

    [Fact]
    public async Task Record_AnyExchange_HasNoValue()
    {
        int count = ExhaustiveTests.GetRunCount(sample: 210, full: 1000);
        var leaks = new List<string>();
        for (int seed = 0; seed < count; seed++)
        {
            var exchange = new PlantedExchange(seed);
            string incident = Encoding.UTF8.GetString(await RecordAsync(exchange, seed));
            leaks.AddRange(FindValues(incident, exchange).Select(value => $"Seed {seed}: {value}"));
        }

        Assert.Empty(leaks);
    }

    private static async Task<byte[]> RecordAsync(PlantedExchange exchange, int seed)
    {
        byte[] key = [.. BitConverter.GetBytes((long)seed), .. "87654321"u8];
        var recorder = new IncidentRecorder(TimeProvider.System, new WordCipher(key));
        var server = new FakeHttpHandler(request =>
            request.RequestUri!.AbsolutePath == "/v2/job" ? CreateJob(exchange) : exchange.CreateResponse()
        );
        using var http = new HttpClient(recorder.CreateHandler(server));
        await http.GetStringAsync(new Uri("https://api.linkedin.com/v2/job"));
        using HttpRequestMessage request = exchange.CreateRequest();
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await response.Content.ReadAsByteArrayAsync();
        return IncidentFile.ToJson(recorder.Snapshot(Versions));
    }

    private static HttpResponseMessage CreateJob(PlantedExchange exchange) =>
        new() { Content = new StringContent($$"""{"downloadUrl":"{{exchange.Link}}"}""") };

    private static IEnumerable<string> FindValues(string incident, PlantedExchange exchange)
    {
        using var json = JsonDocument.Parse(incident);
        string[] strings = [.. GetStrings(json.RootElement)];
        string[] decoded =
        [
            .. strings
                .Where(text => text.All(character => character <= '\u00FF') && text.Any(IsNoAscii))
                .SelectMany(text => Decode(Encoding.Latin1.GetBytes(text), exchange.Encoding)),
        ];
        foreach (string value in exchange.Values)
        {
            var word = new Regex($@"(?<!\p{{L}}){Regex.Escape(value)}(?!\p{{L}})");
            if (strings.Concat(decoded).Prepend(incident).Any(word.IsMatch))
                yield return value;
        }

        // Parts of characters in UTF-16 can remain where complete words do not. Words of ASCII are not in this encoding.
        foreach (char letter in string.Concat(exchange.Values).Where(character => character > '\u0400').Distinct())
        {
            if (decoded.Any(text => text.Contains(letter)))
                yield return letter.ToString();
        }
    }

    /// <summary>Decodes bytes that may begin within a character.</summary>
    private static IEnumerable<string> Decode(byte[] bytes, Encoding encoding)
    {
        int sizeOfUnit = encoding.GetByteCount("a");
        for (int offset = 0; offset < sizeOfUnit && offset < bytes.Length; offset++)
            yield return encoding.GetString(bytes, offset, bytes.Length - offset);
    }

    private static bool IsNoAscii(char character) => character is '\0' or > '\u007F';

    private static IEnumerable<string> GetStrings(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(property => GetStrings(property.Value).Prepend(property.Name)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(GetStrings),
            JsonValueKind.String => [element.GetString()!],
            _ => [],
        };
}
