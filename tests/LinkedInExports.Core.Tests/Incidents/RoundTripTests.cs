using System.IO.Compression;
using System.Net;
using System.Text;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator.Replay;

namespace LinkedInExports.Core.Tests.Incidents;

/// <summary>The emulator reads what the recorder writes.</summary>
public sealed class RoundTripTests
{
    private static readonly Uri Address = new("https://api.linkedin.com/v2/x");

    public static TheoryData<char> Separators => [.. IncidentFormat.Separators];

    [Theory]
    [MemberData(nameof(Separators))]
    public async Task Replay_WordAfterSeparator_HasValueOfRequest(char separator)
    {
        byte[] incident = await RecordAsync(
            $"Anna{separator}Smith",
            new HttpResponseMessage { Content = new StringContent("""{"name":"Smith"}""") }
        );
        var replay = IncidentReplay.CreateInMemory(incident, TimeProvider.System);
        using var http = new HttpClient(replay.CreateHandler());

        using HttpResponseMessage response = await http.PostAsync(Address, new StringContent($"Berta{separator}Jones"));

        Assert.Equal("""{"name":"Jones"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(60_000)]
    public async Task Replay_WordWithNestedEncodings_HasValueOfRequest(int depth)
    {
        string separator = $"%{string.Concat(Enumerable.Repeat("25", depth - 1))}2C";
        byte[] incident = await RecordAsync(
            $"Anna{separator}Smith",
            new HttpResponseMessage { Content = new StringContent($$"""{"name":"Anna{{separator}}Smith"}""") }
        );
        var replay = IncidentReplay.CreateInMemory(incident, TimeProvider.System);
        using var http = new HttpClient(replay.CreateHandler());

        using HttpResponseMessage response = await http.PostAsync(Address, new StringContent($"Berta{separator}Jones"));

        Assert.Equal($$"""{"name":"Berta{{separator}}Jones"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Replay_LongCompressedBody_HasDecodedLengthWithoutEncoding()
    {
        string file = string.Concat(Enumerable.Repeat("abc-42,1735689600000\n", 45_000));
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(file));
        var content = new ByteArrayContent(compressed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        byte[] incident = await RecordAsync("", new HttpResponseMessage { Content = content });
        var replay = IncidentReplay.CreateInMemory(incident, TimeProvider.System);
        using var http = new HttpClient(replay.CreateHandler());

        using HttpResponseMessage response = await http.PostAsync(Address, new StringContent(""));

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal(file.Length, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Replay_LinkInLocationOnly_IsFollowed()
    {
        const string link = "https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ%7E1";
        var created = new HttpResponseMessage(HttpStatusCode.Created);
        created.Headers.TryAddWithoutValidation("Location", $"/hireMediaUrl/{Uri.EscapeDataString(link)}");
        byte[] incident = await RecordAsync("", created, new Uri(link + "&x-ambry-filename=Grant%20Li.pdf"));
        var replay = IncidentReplay.CreateInMemory(incident, TimeProvider.System);
        using var http = new HttpClient(replay.CreateHandler());

        using HttpResponseMessage response = await http.PostAsync(Address, new StringContent(""));
        string location = Uri.UnescapeDataString(response.Headers.Location!.OriginalString["/hireMediaUrl/".Length..]);
        Assert.StartsWith("https://", location, StringComparison.Ordinal);
        using HttpResponseMessage uploaded = await http.PostAsync(new Uri(location), new StringContent(""));

        Assert.Equal(HttpStatusCode.OK, uploaded.StatusCode);
        Assert.Equal(0, replay.RemainingExchangeCount);
    }

    /// <summary>Records a request, and then one to a link if there is one.</summary>
    private static async Task<byte[]> RecordAsync(string body, HttpResponseMessage response, Uri? link = null)
    {
        var recorder = new IncidentRecorder();
        using var http = new HttpClient(
            recorder.CreateHandler(
                new FakeHttpHandler(request => request.RequestUri == Address ? response : new HttpResponseMessage())
            )
        );
        await http.PostAsync(Address, new StringContent(body, Encoding.UTF8));
        if (link is not null)
            await http.PostAsync(link, new StringContent(""));
        return IncidentFile.ToJson(recorder.Snapshot(new IncidentVersions("0.1.0", "7.6", "test")));
    }
}
